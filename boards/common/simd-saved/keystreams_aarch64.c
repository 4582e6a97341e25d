/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64_saved.h"
#include "sb_hal.h"

const struct sb_keystream *const sb_keystreams[] = {
	&sb_aarch64_aes256_ce_saved,
	&sb_aarch64_aes256_ce_saved_sve,
	&sb_aarch64_chacha20_neon_saved,
	&sb_aarch64_chacha20_neon_saved_sve,
	NULL,
};
SB_OWN(sb_keystreams);

uint32_t sb_keystream_facts(void)
{
	return sb_aarch64_saved_here();
}
SB_OWN(sb_keystream_facts);
