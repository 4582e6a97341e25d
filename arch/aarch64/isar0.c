/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"

uint64_t sb_aarch64_isar0(void)
{
	uint64_t value;

	__asm__ volatile("mrs %0, id_aa64isar0_el1" : "=r"(value));
	return value;
}
SB_OWN(sb_aarch64_isar0);
