/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/* Intel SDM volume 2, CPUID, leaf 21h, and TDX Module Base Architecture
   Specification, CPUID virtualization: inside a TD, EBX, EDX, ECX spell
   "IntelTDX    ". */
#define CONFIDENTIAL_TDX 0x21u
#define CONFIDENTIAL_TDX_EBX 0x65746e49u
#define CONFIDENTIAL_TDX_EDX 0x5844546cu
#define CONFIDENTIAL_TDX_ECX 0x20202020u

/* AMD APM volume 3, appendix E.4.17: the features of this CPU, in EAX. The
   first one says that SEV_STATUS exists. */
#define CONFIDENTIAL_EXTENDED 0x80000000u
#define CONFIDENTIAL_SEV 0x8000001fu
#define CONFIDENTIAL_SEV_IS 0x02u
#define CONFIDENTIAL_SEV_ES 0x08u
#define CONFIDENTIAL_SEV_SNP 0x10u

/* AMD APM volume 2, section 15.34.10: the features that are active for this
   guest. Bit 0 is SEV, bit 1 SEV-ES, bit 2 SEV-SNP. It is 0 in other guests. */
#define CONFIDENTIAL_SEV_STATUS 0xc0010131u

static int confidential_tdx(const struct sb_x86_cpu *cpu)
{
	uint32_t reg[4];

	/* Leaf 0 is not asked for the last leaf, since its answer could be a
	   lie too. Behind the last leaf a CPU answers with zeros or with that
	   leaf's values. Neither spells this. */
	sb_x86_ask(cpu, CONFIDENTIAL_TDX, 0, reg);
	return reg[1] == CONFIDENTIAL_TDX_EBX && reg[3] == CONFIDENTIAL_TDX_EDX &&
	       reg[2] == CONFIDENTIAL_TDX_ECX;
}

/* Here the last leaf counts: behind it an Intel CPU answers with that leaf's
   values, and RDMSR would fault. */
static uint32_t confidential_sev_leaf(const struct sb_x86_cpu *cpu)
{
	uint32_t reg[4];

	sb_x86_ask(cpu, CONFIDENTIAL_EXTENDED, 0, reg);
	if (reg[0] < CONFIDENTIAL_SEV || reg[0] >> 16 != CONFIDENTIAL_EXTENDED >> 16)
		return 0;
	sb_x86_ask(cpu, CONFIDENTIAL_SEV, 0, reg);
	return reg[0] & (CONFIDENTIAL_SEV_IS | CONFIDENTIAL_SEV_ES | CONFIDENTIAL_SEV_SNP);
}

static int confidential_sev(const struct sb_x86_cpu *cpu)
{
	uint32_t leaf = confidential_sev_leaf(cpu);
	uint64_t status;

	if (cpu->msr && (leaf & CONFIDENTIAL_SEV_IS || cpu->msr_survives) &&
	    cpu->msr(CONFIDENTIAL_SEV_STATUS, &status) == SB_OK)
		return status != 0;
	return leaf != 0; /* it may be such a guest: that is enough */
}

uint16_t sb_x86_distrust(const struct sb_x86_cpu *cpu)
{
	sb_x86_forget(cpu);
	/* In this order: in a TD, RDMSR raises another exception than
	   elsewhere, #VE. */
	if (confidential_tdx(cpu) || confidential_sev(cpu))
		return SB_HOST | SB_TIMING;
	return sb_x86_timing(cpu);
}
SB_OWN(sb_x86_distrust);
