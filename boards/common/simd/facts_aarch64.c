/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64_simd.h"
#include "sb_hal.h"

uint32_t sb_keystream_facts(void)
{
	return sb_aarch64_simd_here();
}
SB_OWN(sb_keystream_facts);
