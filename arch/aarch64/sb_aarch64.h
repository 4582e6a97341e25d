/* SPDX-License-Identifier: BSD-2-Clause */
/* The random number registers and the counter of 64-bit Arm. A board lists { SB_AARCH64_RNDRRS(&cpu), SB_AARCH64_RNDR(&cpu) }. */
#ifndef SB_AARCH64_H
#define SB_AARCH64_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the board knows of its CPU. The drivers read no ID register by themselves: a hypervisor may hide one. */
struct sb_aarch64_cpu {
	uint64_t (*isar0)(void); /* ID_AA64ISAR0_EL1; sb_aarch64_isar0 where we run at EL1 */
	/* For sb_aarch64_distrust: SMC with x0 to x3, answers in the same. sb_aarch64_smc where somebody takes it, as the device tree says (/psci,
	   method = "smc"): else it is an undefined instruction. NULL: nobody does. */
	void (*smc)(uint64_t reg[4]);
};

/* Both present where the field RNDR says so (FEAT_RNG). SB_LOCAL; ctx is a struct sb_aarch64_cpu. SB_EAGAIN: no number within reasonable time,
   as the CPU itself said, SB_AARCH64_TRIES times running. */
extern const struct sb_driver sb_aarch64_rndrrs;
extern const struct sb_driver sb_aarch64_rndr; /* SB_FAST */

/* A row of sb_hal.sources. RNDRRS: "random number with fresh full entropy", from a generator that is reseeded before each number (Arm ARM,
   DDI 0487, FEAT_RNG and register RNDRRS). */
/* clang-format off */
#define SB_AARCH64_RNDRRS(cpu) SB_AARCH64_RNDRRS_AS(cpu, 2048)
#define SB_AARCH64_RNDRRS_AS(cpu, credit) { &sb_aarch64_rndrrs, (void *)(cpu), (credit) }
/* clang-format on */

/* RNDR: the same generator, reseeded at an IMPLEMENTATION DEFINED rate (register RNDR): no number of its bytes is known to hold a number of bits. It is
   mixed and makes the fresh word of each read, and counts nothing; no CPU has it without RNDRRS. _AS is for who knows the rate of his CPU. */
/* clang-format off */
#define SB_AARCH64_RNDR(cpu) SB_AARCH64_RNDR_AS(cpu, 0)
#define SB_AARCH64_RNDR_AS(cpu, credit) { &sb_aarch64_rndr, (void *)(cpu), (credit) }
/* clang-format on */

uint64_t sb_aarch64_isar0(void); /* the register; at EL0 it traps, and some kernels answer */
uint64_t
sb_aarch64_cntvct(void); /* the virtual counter, for sb_hal.cycles: at least 56 bits move */
uint32_t
sb_aarch64_cntfrq(void); /* its frequency in Hz as the firmware wrote it down; 0: it did not */

void sb_aarch64_smc(uint64_t reg[4]); /* the instruction */

/*
 * confidential.c, for sb_hal.distrust: SB_HOST in a realm (Arm CCA), whose memory is hidden from its host; else 0. In doubt SB_HOST: any answer
 * to RSI_VERSION but that there is no such call. In a realm SMC goes to the Realm Management Monitor, and no host answers in its place; but the host
 * wrote the device tree that tells the board to ask. A tree that was loaded before the realm was activated is part of what is measured; a board
 * that is to be used without that proof, or for realms alone, says SB_HOST without asking.
 */
uint8_t sb_aarch64_distrust(const struct sb_aarch64_cpu *cpu);

/* words.c. Fills buf from words that step delivers; step returns nonzero only with a valid word, and each gets that many tries. Bytes
   filled: fewer than len (0 too) once a word used up its tries. */
#define SB_AARCH64_TRIES 10
int sb_aarch64_words(int (*step)(uint64_t *word), unsigned tries, uint8_t *buf, size_t len);

#ifdef __cplusplus
}
#endif
#endif
