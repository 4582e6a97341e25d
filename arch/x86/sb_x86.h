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
	void (*cpuid)(uint32_t leaf, uint32_t sub, uint32_t reg[4]); /* reg: EAX EBX ECX EDX; sb_x86_cpuid on bare metal */
};

/* Present where CPUID says so and errata.c does not object. SB_LOCAL and SB_FAST; ctx is a struct sb_x86_cpu. */
extern const struct sb_driver sb_x86_rdseed; /* SB_EAGAIN: starved by another CPU, ask again */
extern const struct sb_driver sb_x86_rdrand; /* SB_EIO: ten times without an answer is a broken unit */

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

void sb_x86_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4]); /* the CPUID instruction; a hypervisor may answer in its place */
uint64_t sb_x86_tsc(void); /* for sb_hal.cycles; 64 bits move; traps where the TSC is denied to this privilege level */

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
