/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86_simd.h"

/* common: a board whose drivers share it defines it too */
struct sb_x86_leaves x86_leaves __attribute__((common));
static const struct sb_x86_cpu facts_cpu = { .cpuid = sb_x86_cpuid, .leaves = &x86_leaves };

uint32_t sb_keystream_facts(void)
{
	sb_x86_renew(&facts_cpu);
	return sb_x86_simd(&facts_cpu);
}
SB_OWN(sb_keystream_facts);
