/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/* Intel DRNG Software Implementation Guide 2.1, section 5.2.1: a unit that
   fails longer is broken. */
#define RDRAND_TRIES 10
/* Leaf 1: Intel SDM volume 2, CPUID. */
#define RDRAND_CPUID_ECX (1u << 30)

static int rdrand_step(unsigned long *word)
{
	unsigned char carry;

	/* 64 bits wide in a 64-bit build. Only the carry tells success: zero
	   and all-ones are legal words. */
	__asm__ volatile("rdrand %0\n\tsetc %1" : "=r"(*word), "=q"(carry) : : "cc");
	return carry;
}

static int rdrand_probe(void *ctx)
{
	const struct sb_x86_cpu *cpu = ctx;
	uint32_t reg[4];

	sb_x86_ask(cpu, 0, 0, reg);
	if (reg[0] < 1)
		return SB_ENODEV;
	sb_x86_ask(cpu, 1, 0, reg);
	if (!(reg[2] & RDRAND_CPUID_ECX))
		return SB_ENODEV;
	return sb_x86_erratum(cpu, SB_X86_IS_RDRAND, sizeof(unsigned long)) ? SB_EUNFIT : SB_OK;
}

static int rdrand_read(void *ctx, uint8_t *buf, size_t len)
{
	int n = sb_x86_words(rdrand_step, RDRAND_TRIES, buf, len);

	(void)ctx;
	return n ? n : SB_EIO;
}

static void rdrand_stop(void *ctx)
{
	(void)ctx; /* nothing is buffered, nothing is powered */
}

/* The output of a DRBG looks full with any seed. The health tests look for
   broken hardware; the credit is in SB_X86_RDRAND. */
const struct sb_driver sb_x86_rdrand = {
	.name = "x86-rdrand",
	SB_ASSESSED(2048, 8),
	.flags = SB_CONDITIONED | SB_LOCAL | SB_FAST,
	.probe = rdrand_probe,
	.read = rdrand_read,
	.stop = rdrand_stop,
};
SB_DRIVER(sb_x86_rdrand);
