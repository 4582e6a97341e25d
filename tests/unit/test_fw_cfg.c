/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of fw_cfg. Needs: hal/bus/fw_cfg.c */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "sb_fw_cfg.h"

enum { ENTRY = 64 };

/* The device: items of bytes, which read as zeros behind their end. */
static struct {
	uint8_t directory[4 + 2 * ENTRY];
	const char *signature;
	uint8_t file[16];
	uint16_t key;
	size_t at;
} device;

static void device_select(uint16_t key)
{
	device.key = key;
	device.at = 0;
}

static uint8_t device_next(void)
{
	size_t at = device.at++;

	if (device.key == 0x00)
		return at < 4 ? (uint8_t)device.signature[at] : 0;
	if (device.key == 0x19)
		return at < sizeof device.directory ? device.directory[at] : 0;
	return device.key == 0x21 && at < sizeof device.file ? device.file[at] : 0;
}

static const struct sb_fw_cfg cfg = { device_select, device_next };

static void device_entry(unsigned n, uint32_t size, uint16_t key, const char *name)
{
	uint8_t *entry = device.directory + 4 + n * ENTRY;

	device.directory[3] = (uint8_t)(n + 1);
	for (unsigned i = 0; i < 4; i++)
		entry[i] = (uint8_t)(size >> (24 - 8 * i));
	entry[4] = (uint8_t)(key >> 8);
	entry[5] = (uint8_t)key;
	memcpy(entry + 8, name, strlen(name) + 1);
}

static int device_setup(void **state)
{
	(void)state;
	memset(&device, 0, sizeof device);
	device.signature = "QEMU";
	for (uint8_t i = 0; i < sizeof device.file; i++)
		device.file[i] = (uint8_t)(0x10 + i);
	device_entry(0, 4096, 0x20, "etc/vmgenid_guid");
	device_entry(1, 8, 0x21, "etc/vmgenid_addr");
	return 0;
}

static void reads_a_file_by_its_name(void **state)
{
	uint8_t buf[8];

	(void)state;
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/vmgenid_addr", buf, 8), SB_OK);
	assert_memory_equal(buf, device.file, 8);
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/vmgenid_addr", buf, 3), SB_OK);
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/vmgenid", buf, 8), SB_ENODEV);
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/vmgenid_addr2", buf, 8), SB_ENODEV);
}

static void refuses_a_shorter_file(void **state)
{
	uint8_t buf[8];

	(void)state;
	device_entry(1, 7, 0x21, "etc/vmgenid_addr");
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/vmgenid_addr", buf, 8), SB_ENODEV);
}

static void looks_for_the_device_first(void **state)
{
	uint8_t buf[8];

	(void)state;
	device.signature = "QEMV";
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/vmgenid_addr", buf, 8), SB_ENODEV);
}

static void a_name_without_an_end_is_no_name(void **state)
{
	char name[58] = { 0 };
	uint8_t buf[8];

	(void)state;
	memset(name, 'a', 57);
	memset(device.directory + 4 + ENTRY + 8, 'a', 56);
	assert_int_equal(sb_fw_cfg_read(&cfg, name, buf, 8), SB_ENODEV);
}

/* All-ones are read where there is no device, or from one that lies. */
static void the_directory_is_bounded(void **state)
{
	uint8_t buf[8];

	(void)state;
	memset(device.directory, 0xff, 4);
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/none", buf, 8), SB_ENODEV);
	assert_int_equal(device.at, 4 + SB_FW_CFG_FILES_MAX * ENTRY);
}

/* What stands behind the number of files is none. */
static void the_directory_ends_where_it_says(void **state)
{
	uint8_t buf[8];

	(void)state;
	device.directory[3] = 1;
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/vmgenid_addr", buf, 8), SB_ENODEV);
	device.directory[3] = 0;
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/vmgenid_guid", buf, 8), SB_ENODEV);
	device.directory[3] = 2;
	assert_int_equal(sb_fw_cfg_read(&cfg, "etc/vmgenid_addr", buf, 8), SB_OK);
}

static void an_address_is_little_endian(void **state)
{
	uint64_t address = 0;

	(void)state;
	assert_int_equal(sb_fw_cfg_address(&cfg, "etc/vmgenid_addr", &address), SB_OK);
	assert_true(address == 0x1716151413121110u);
	assert_int_equal(sb_fw_cfg_address(&cfg, "etc/none", &address), SB_ENODEV);
	memset(device.file, 0, 8);
	assert_int_equal(sb_fw_cfg_address(&cfg, "etc/vmgenid_addr", &address), SB_ENODEV);
}

#define ON_DEVICE(test) cmocka_unit_test_setup(test, device_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DEVICE(reads_a_file_by_its_name),         ON_DEVICE(refuses_a_shorter_file),
		ON_DEVICE(looks_for_the_device_first),       ON_DEVICE(the_directory_is_bounded),
		ON_DEVICE(a_name_without_an_end_is_no_name), ON_DEVICE(an_address_is_little_endian),
		ON_DEVICE(the_directory_ends_where_it_says),
	};

	return cmocka_run_group_tests_name("fw_cfg", tests, NULL, NULL);
}
