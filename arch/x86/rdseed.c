/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/*
 * RDSEED runs dry by design when many CPUs ask, so it gets more tries than
 * RDRAND. Intel DRNG Software Implementation Guide 2.1, section 5.3.1: up to
 * 100 tries with a pause, and no promise even then. It takes some 4 us with the
 * slowest pause (140 cycles, Skylake).
 */
#define RDSEED_TRIES 100
/* Leaf 7 subleaf 0: Intel SDM volume 2, CPUID. */
#define RDSEED_CPUID_EBX (1u << 18)

static int rdseed_step(unsigned long *word)
{
	unsigned char carry;

	/* 64 bits wide in a 64-bit build. Only the carry tells success: zero
	   and all-ones are legal words. */
	__asm__ volatile("rdseed %0\n\tsetc %1" : "=r"(*word), "=q"(carry) : : "cc");
	return carry;
}

static int rdseed_probe(void *ctx)
{
	const struct sb_x86_cpu *cpu = ctx;
	uint32_t reg[4];

	sb_x86_ask(cpu, 0, 0, reg);
	if (reg[0] < 7)
		return SB_ENODEV;
	sb_x86_ask(cpu, 7, 0, reg);
	if (!(reg[1] & RDSEED_CPUID_EBX))
		return SB_ENODEV;
	return sb_x86_erratum(cpu, SB_X86_IS_RDSEED, sizeof(unsigned long)) ? SB_EUNFIT : SB_OK;
}

static int rdseed_read(void *ctx, uint8_t *buf, size_t len)
{
	int n = sb_x86_words(rdseed_step, RDSEED_TRIES, buf, len);

	(void)ctx;
	return n ? n : SB_EAGAIN;
}

static void rdseed_stop(void *ctx)
{
	(void)ctx; /* nothing is buffered, nothing is powered */
}

const struct sb_driver sb_x86_rdseed = {
	.name = "x86-rdseed",
	SB_ASSESSED(2048, 8),
	.flags = SB_CONDITIONED | SB_LOCAL | SB_FAST,
	.probe = rdseed_probe,
	.read = rdseed_read,
	.stop = rdseed_stop,
};
SB_DRIVER(sb_x86_rdseed);
