/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/* Which CPUs have recordings in docs/evidence. Each row cites their page. */
static const struct sb_x86_models recorded_table[] = {
	/* Emerald Rapids, under KVM: docs/evidence/unix-x86_64 */
	{ "GenuineIntel", 0x06, 0xcf, 0xcf },
};

/* Emulators that say so in leaf 0x40000000, in EBX, ECX, EDX. The other names
   that are known there are of hypervisors: their guests run on the CPU. */
#define RECORDED_EMULATOR 0x40000000u
static const char recorded_emulator[][13] = {
	"TCGTCGTCGTCG", /* QEMU, target/i386/cpu.c, x86_cpuid_get_hv */
	"FEXIFEXIEMU",  /* FEX, docs/CPUID.md; the twelfth byte is 0 */
};

/* Leaf 1 is not asked whether there is such a leaf: with -hypervisor QEMU says
   no and answers all the same. Where there is none, a CPU answers with zeros or
   with its last leaf. Neither spells this. */
static int recorded_is_emulator(const struct sb_x86_cpu *cpu)
{
	uint32_t reg[4];

	sb_x86_ask(cpu, RECORDED_EMULATOR, 0, reg);
	for (size_t i = 0; i < sizeof recorded_emulator / sizeof *recorded_emulator; i++)
		if (sb_x86_spells(reg, "bcd", recorded_emulator[i]))
			return 1;
	return 0;
}

uint16_t sb_x86_timing(const struct sb_x86_cpu *cpu)
{
	if (recorded_is_emulator(cpu))
		return SB_TIMING;
	for (size_t i = 0; i < sizeof recorded_table / sizeof *recorded_table; i++)
		if (sb_x86_is(cpu, &recorded_table[i]))
			return 0;
	return SB_UNRECORDED;
}
SB_OWN(sb_x86_timing);
