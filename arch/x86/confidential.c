/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/* Intel SDM volume 2, CPUID, leaf 21h, and TDX Module Base Architecture Specification, CPUID virtualization: EBX, EDX, ECX spell
   "IntelTDX    " inside a TD. */
#define CONFIDENTIAL_TDX 0x21u
#define CONFIDENTIAL_TDX_EBX 0x65746e49u
#define CONFIDENTIAL_TDX_EDX 0x5844546cu
#define CONFIDENTIAL_TDX_ECX 0x20202020u

/* AMD APM volume 3, appendix E.4.17: what this CPU can do, in EAX; the first of them says that SEV_STATUS exists */
#define CONFIDENTIAL_EXTENDED 0x80000000u
#define CONFIDENTIAL_SEV 0x8000001fu
#define CONFIDENTIAL_SEV_IS 0x02u
#define CONFIDENTIAL_SEV_ES 0x08u
#define CONFIDENTIAL_SEV_SNP 0x10u

/* AMD APM volume 2, section 15.34.10: what this guest runs under. Bit 0 SEV, 1 SEV-ES, 2 SEV-SNP; 0 where it is no such guest. */
#define CONFIDENTIAL_SEV_STATUS 0xc0010131u

static int confidential_tdx(const struct sb_x86_cpu *cpu)
{
	uint32_t reg[4];

	/* not asked first whether leaf 0 counts up to there, since that is one more answer to lie with: beyond its end a CPU says zeros, or
	   what its last leaf says, and none spells this */
	cpu->cpuid(CONFIDENTIAL_TDX, 0, reg);
	return reg[1] == CONFIDENTIAL_TDX_EBX && reg[3] == CONFIDENTIAL_TDX_EDX &&
	       reg[2] == CONFIDENTIAL_TDX_ECX;
}

/* Here the end of the leaves counts: beyond it an Intel CPU says what its last leaf says, and RDMSR would fault. */
static uint32_t confidential_sev_leaf(const struct sb_x86_cpu *cpu)
{
	uint32_t reg[4];

	cpu->cpuid(CONFIDENTIAL_EXTENDED, 0, reg);
	if (reg[0] < CONFIDENTIAL_SEV || reg[0] >> 16 != CONFIDENTIAL_EXTENDED >> 16)
		return 0;
	cpu->cpuid(CONFIDENTIAL_SEV, 0, reg);
	return reg[0] & (CONFIDENTIAL_SEV_IS | CONFIDENTIAL_SEV_ES | CONFIDENTIAL_SEV_SNP);
}

static int confidential_sev(const struct sb_x86_cpu *cpu)
{
	uint32_t leaf = confidential_sev_leaf(cpu);
	uint64_t status;

	if (cpu->msr && (leaf & CONFIDENTIAL_SEV_IS || cpu->msr_survives) &&
	    cpu->msr(CONFIDENTIAL_SEV_STATUS, &status) == SB_OK)
		return status != 0;
	return leaf != 0; /* it may be: that is enough */
}

uint8_t sb_x86_distrust(const struct sb_x86_cpu *cpu)
{
	/* in this order: RDMSR in a TD is another exception than it is elsewhere, #VE */
	return confidential_tdx(cpu) || confidential_sev(cpu) ? SB_HOST : 0;
}
SB_OWN(sb_x86_distrust);
