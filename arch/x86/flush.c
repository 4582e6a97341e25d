/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/* Leaf 1, EDX: Intel SDM volume 2, CPUID; AMD APM volume 3, appendix E.3.2.
   MFENCE and LFENCE are of SSE2. */
#define FLUSH_CLFLUSH (1u << 19)
#define FLUSH_SSE2 (1u << 26)
#define FLUSH_NEEDS (FLUSH_CLFLUSH | FLUSH_SSE2)

int sb_x86_flushes(const struct sb_x86_cpu *cpu)
{
	uint32_t reg[4];

	sb_x86_ask(cpu, 0, 0, reg);
	if (reg[0] < 1)
		return 0;
	sb_x86_ask(cpu, 1, 0, reg);
	return (reg[3] & FLUSH_NEEDS) == FLUSH_NEEDS;
}
SB_OWN(sb_x86_flushes);

void sb_x86_flush(const volatile void *at)
{
	__asm__ volatile("clflush %0" : : "m"(*(const volatile uint8_t *)at) : "memory");
}
SB_OWN(sb_x86_flush);

void sb_x86_fence(void)
{
	/* MFENCE waits for each CLFLUSH, load and store before it (Intel SDM
	   volume 2 and AMD APM volume 3, CLFLUSH, MFENCE). LFENCE holds back
	   what follows: so says Intel SDM volume 2, RDTSC, of these two. On AMD
	   CPUs whose LFENCE does not, MFENCE does (Linux,
	   X86_FEATURE_MFENCE_RDTSC). */
	__asm__ volatile("mfence\n\tlfence" : : : "memory");
}
SB_OWN(sb_x86_fence);
