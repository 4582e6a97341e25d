/* SPDX-License-Identifier: BSD-2-Clause */
/* The random numbers of Arm firmware, and who says that they are his. */
#include <string.h>
#include "board.h"
#include "hex.h"
#include "sb_epoch.h"
#include "virt.h"

#define FIRMWARE_NAME "trng="
#define FIRMWARE_UUID 36 /* characters */

struct sb_smccc virt_firmware;

/* SB_EPOCH_FACTS has room for the space between the two. */
static char firmware_facts[SB_EPOCH_FACTS + sizeof FIRMWARE_NAME + FIRMWARE_UUID];

/* RFC 4122, section 3. */
static void firmware_write(char *to, const uint8_t uuid[16])
{
	for (unsigned i = 0; i < 16; i++, to += 2) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*to++ = '-';
		hex_digits(to, 2, uuid[i]);
	}
	*to = 0;
}

void virt_find_firmware(const struct sb_fdt *tree, sb_smccc_call *smc, sb_smccc_call *hvc)
{
	size_t len = board_facts ? strlen(board_facts) : 0;
	char *to = firmware_facts;
	uint8_t uuid[16];

	sb_smccc_find(&virt_firmware, tree, smc, hvc);
	if (sb_smccc_trng_uuid(&virt_firmware, uuid) != SB_OK || len >= SB_EPOCH_FACTS)
		return;
	if (len) {
		memcpy(to, board_facts, len);
		to += len;
		*to++ = ' ';
	}
	memcpy(to, FIRMWARE_NAME, sizeof FIRMWARE_NAME - 1);
	firmware_write(to + sizeof FIRMWARE_NAME - 1, uuid);
	board_facts = firmware_facts;
}
