/* SPDX-License-Identifier: BSD-2-Clause */
/* The entropy instructions and the counter of x86, 32 and 64 bits. A board lists { SB_X86_RDSEED(&cpu), SB_X86_RDRAND(&cpu) }. */
#ifndef SB_X86_H
#define SB_X86_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the board knows of its CPU. The drivers read no ID register by themselves: under Xen PV the native leaves are not the truth. */
struct sb_x86_cpu {
	void (*cpuid)(uint32_t leaf, uint32_t sub,
		      uint32_t reg[4]); /* reg: EAX EBX ECX EDX; sb_x86_cpuid on bare metal */
	/* For sb_x86_distrust: RDMSR into *value, SB_OK; anything else: not read. Asked only where CPUID says that the register exists, so
	   sb_x86_rdmsr will do in ring 0. NULL: this board cannot. */
	int (*msr)(uint32_t index, uint64_t *value);
	uint8_t msr_survives; /* 1: msr comes back with SB_ENODEV from a register that does not exist, and so is asked whatever CPUID says */
};

/* Present where CPUID says so and errata.c does not object. SB_LOCAL and SB_FAST; ctx is a struct sb_x86_cpu. */
extern const struct sb_driver sb_x86_rdseed; /* SB_EAGAIN: starved by another CPU, ask again */
extern const struct sb_driver
	sb_x86_rdrand; /* SB_EIO: ten times without an answer is a broken unit */

/* A row of sb_hal.sources. RDSEED: each bit full entropy (Intel DRNG Software Implementation Guide 2.1, section 3.2.4; AMD APM
   volume 3, RDSEED: a conditioned non-deterministic source of SP 800-90B). */
/* clang-format off */
#define SB_X86_RDSEED(cpu) SB_X86_RDSEED_AS(cpu, 2048)
#define SB_X86_RDSEED_AS(cpu, credit) { &sb_x86_rdseed, (void *)(cpu), (credit) }
/* clang-format on */

/* RDRAND: an AES-128 CTR_DRBG of SP 800-90A whose one 128-bit seed may serve 511 outputs of 128 bits (same guide, section 3.2.3), so
   counted at 128 bits in 511 * 16 bytes: 1/64 bit a byte. */
/* clang-format off */
#define SB_X86_RDRAND(cpu) SB_X86_RDRAND_AS(cpu, 4)
#define SB_X86_RDRAND_AS(cpu, credit) { &sb_x86_rdrand, (void *)(cpu), (credit) }
/* clang-format on */

void sb_x86_cpuid(
	uint32_t leaf, uint32_t sub,
	uint32_t reg[4]); /* the CPUID instruction; a hypervisor may answer in its place */
int sb_x86_rdmsr(uint32_t index,
		 uint64_t *value); /* RDMSR, ring 0; traps where there is no such register */
uint64_t sb_x86_tsc(
	void); /* for sb_hal.cycles; 64 bits move; traps where the TSC is denied to this privilege level */

/*
 * confidential.c, for sb_hal.distrust: SB_HOST in a guest whose memory is hidden from its host, else 0. Plain SEV and SEV-ES count as SEV-SNP
 * does: they defend less, and who chose them did not mean to be told his keys by the host. In doubt SB_HOST: SEV without an msr to ask, an msr
 * that fails, a status of bits unheard of.
 *
 * What a lying host can do about it:
 * TDX       nothing: leaf 21h is the TDX module's, which answers inside the TD. In a TD within a TD it is who runs that who answers.
 * SEV-SNP   SEV_STATUS is the CPU's own answer, which no host intercepts; CPUID is not. A guest that executes it gets #VC, and its handler (the
 *           board's, or its firmware's) must take the answer from the CPUID page, which the security processor has checked, and not from the host.
 *           That check lets no feature be invented, but leaves be missing: msr_survives makes the leaf unimportant.
 * SEV-ES    the same, but there is no CPUID page. A handler of #VC that ever ran knows by that alone: let the board say SB_HOST.
 * SEV       CPUID is what the host says. With msr_survives that does not matter; without, a hidden leaf is not noticed.
 * A paravisor (Hyper-V's isolated guests) may hide both on purpose. Whoever builds for confidential machines alone need not ask at all: a
 * distrust that always says SB_HOST cannot be lied to. A host that hides RDRAND and RDSEED gains a refusal.
 */
uint8_t sb_x86_distrust(const struct sb_x86_cpu *cpu);

/* errata.c. Nonzero: this instruction must not be used on this CPU, in words of that many bytes. */
enum sb_x86_instruction { SB_X86_IS_RDRAND, SB_X86_IS_RDSEED };
int sb_x86_erratum(const struct sb_x86_cpu *cpu, enum sb_x86_instruction instruction, size_t word);

/* words.c. Fills buf from words that step delivers; step returns nonzero only with a valid word, and each gets that many tries. Bytes
   filled: fewer than len (0 too) once a word used up its tries. */
int sb_x86_words(int (*step)(unsigned long *word), unsigned tries, uint8_t *buf, size_t len);

#ifdef __cplusplus
}
#endif
#endif
