/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_fw_cfg.h"

/* QEMU docs/specs/fw_cfg: "Firmware Configuration Items". Numbers in the
   directory are big-endian. */
#define FW_CFG_SIGNATURE 0x00
#define FW_CFG_DIRECTORY 0x19
#define FW_CFG_NAME 56

static uint32_t fw_cfg_number(const struct sb_fw_cfg *cfg, unsigned bytes)
{
	uint32_t value = 0;

	while (bytes--)
		value = value << 8 | cfg->next();
	return value;
}

/* Consumes the whole field, so that the next entry follows. */
static int fw_cfg_name_is(const struct sb_fw_cfg *cfg, const char *name)
{
	int same = 1, ended = 0;

	for (unsigned i = 0; i < FW_CFG_NAME; i++) {
		char c = (char)cfg->next();

		if (ended)
			continue;
		same &= c == name[i];
		ended = name[i] == 0;
	}
	return same && ended;
}

/* The key of a file of at least `len` bytes, or 0, which is the key of the
   signature. */
static uint16_t fw_cfg_find(const struct sb_fw_cfg *cfg, const char *name, size_t len)
{
	cfg->select(FW_CFG_DIRECTORY);

	uint32_t files = fw_cfg_number(cfg, 4);

	for (uint32_t i = 0; i < files && i < SB_FW_CFG_FILES_MAX; i++) {
		uint32_t size = fw_cfg_number(cfg, 4);
		uint32_t key = fw_cfg_number(cfg, 2);

		(void)fw_cfg_number(cfg, 2); /* reserved */
		if (fw_cfg_name_is(cfg, name))
			return size >= len ? (uint16_t)key : 0;
	}
	return 0;
}

int sb_fw_cfg_read(const struct sb_fw_cfg *cfg, const char *name, uint8_t *buf, size_t len)
{
	uint16_t key;

	cfg->select(FW_CFG_SIGNATURE);
	if (fw_cfg_number(cfg, 4) != 0x51454d55) /* "QEMU" */
		return SB_ENODEV;
	key = fw_cfg_find(cfg, name, len);
	if (!key)
		return SB_ENODEV;
	cfg->select(key);
	for (size_t i = 0; i < len; i++)
		buf[i] = cfg->next();
	return SB_OK;
}
SB_OWN(sb_fw_cfg_read);

int sb_fw_cfg_address(const struct sb_fw_cfg *cfg, const char *name, uint64_t *address)
{
	uint8_t raw[8];
	uint32_t half[2] = { 0, 0 };

	if (sb_fw_cfg_read(cfg, name, raw, sizeof raw) != SB_OK)
		return SB_ENODEV;
	/* By halves: clang calls libgcc for a 64-bit shift on i386. */
	for (unsigned i = 0; i < sizeof raw; i++)
		half[i / 4] |= (uint32_t)raw[i] << 8 * (i % 4);
	*address = half[0] | (uint64_t)half[1] << 32;
	return *address ? SB_OK : SB_ENODEV;
}
SB_OWN(sb_fw_cfg_address);
