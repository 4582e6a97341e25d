/* SPDX-License-Identifier: BSD-2-Clause */
#include "linux.h"
#include "sb_aarch64_simd.h"
#include "sb_hal.h"

uint32_t sb_keystream_facts(void)
{
	return sb_aarch64_simd(linux_isar0(), linux_pfr0());
}
SB_OWN(sb_keystream_facts);
