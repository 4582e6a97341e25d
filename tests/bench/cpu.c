/* SPDX-License-Identifier: BSD-2-Clause */
/* What instructions of x86-64 take by themselves: the floor of a seeding. */
#include <cpuid.h>
#include "turns.h"

#define CPU_TRIES 1000 /* RDSEED may have nothing now */

static int cpu_rdseed(void *ctx, uint8_t *out, size_t len)
{
	unsigned char ok = 0;
	uint64_t word;

	(void)ctx, (void)out, (void)len;
	for (int i = 0; i < CPU_TRIES && !ok; i++)
		__asm__ volatile("rdseed %0; setc %1" : "=r"(word), "=qm"(ok) : : "cc");
	return !ok;
}

static int cpu_rdrand(void *ctx, uint8_t *out, size_t len)
{
	unsigned char ok = 0;
	uint64_t word;

	(void)ctx, (void)out, (void)len;
	for (int i = 0; i < CPU_TRIES && !ok; i++)
		__asm__ volatile("rdrand %0; setc %1" : "=r"(word), "=qm"(ok) : : "cc");
	return !ok;
}

static int cpu_cpuid(void *ctx, uint8_t *out, size_t len)
{
	unsigned a, b, c, d;

	(void)ctx, (void)out, (void)len;
	return !__get_cpuid(1, &a, &b, &c, &d);
}

int main(void)
{
	unsigned a, b = 0, c = 0, d;

	if (__get_cpuid_count(7, 0, &a, &b, &c, &d) && b & bit_RDSEED)
		turns_has("CPU: RDSEED, 8 bytes", cpu_rdseed, NULL);
	if (__get_cpuid(1, &a, &b, &c, &d) && c & bit_RDRND)
		turns_has("CPU: RDRAND, 8 bytes", cpu_rdrand, NULL);
	turns_has("CPU: two CPUID", cpu_cpuid, NULL);
	return turns_serve();
}
