/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/* Which CPUs have recordings in docs/evidence. Each row cites their page. */
static const struct sb_x86_models recorded_table[] = {
	/* Emerald Rapids, under KVM: docs/evidence/unix-x86_64 */
	{ "GenuineIntel", 0x06, 0xcf, 0xcf },
};

uint16_t sb_x86_timing(const struct sb_x86_cpu *cpu)
{
	if (sb_x86_emulated(cpu))
		return SB_TIMING;
	for (size_t i = 0; i < sizeof recorded_table / sizeof *recorded_table; i++)
		if (sb_x86_is(cpu, &recorded_table[i]))
			return 0;
	return SB_UNRECORDED;
}
SB_OWN(sb_x86_timing);
