/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random number registers and the counter of 64-bit Arm. A board lists
 * { SB_AARCH64_RNDRRS(&cpu), SB_AARCH64_RNDR(&cpu) }.
 */
#ifndef SB_AARCH64_H
#define SB_AARCH64_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the board knows of its CPU. The drivers read no ID register by
   themselves: a hypervisor may hide one. */
struct sb_aarch64_cpu {
	/* ID_AA64ISAR0_EL1. At EL1 this is sb_aarch64_isar0. */
	uint64_t (*isar0)(void);
	/* For sb_aarch64_distrust: makes an SMC with x0 to x3 and puts the
	   answer into the same. This is sb_aarch64_smc if the device tree names
	   a monitor that takes SMC (/psci, method = "smc"). Otherwise SMC is an
	   undefined instruction, and this is NULL. */
	void (*smc)(uint64_t reg[4]);
};

/* Both are there if the field RNDR says so (FEAT_RNG), and are SB_LOCAL. ctx is
   a struct sb_aarch64_cpu. SB_EAGAIN: SB_AARCH64_TRIES times in a row the CPU
   said that it had no number within reasonable time. */
extern const struct sb_driver sb_aarch64_rndrrs;
extern const struct sb_driver sb_aarch64_rndr; /* SB_FAST */

/* A row of sb_hal.sources. RNDRRS gives a "random number with fresh full
   entropy", from a generator that is reseeded before each number (Arm ARM, DDI
   0487, FEAT_RNG and register RNDRRS). */
/* clang-format off */
#define SB_AARCH64_RNDRRS(cpu) SB_AARCH64_RNDRRS_AS(cpu, 2048)
#define SB_AARCH64_RNDRRS_AS(cpu, credit) { &sb_aarch64_rndrrs, (void *)(cpu), (credit) }
/* clang-format on */

/*
 * RNDR is the same generator, reseeded at an IMPLEMENTATION DEFINED rate
 * (register RNDR). So it is not known how many of its bytes hold a number of
 * bits. It is mixed, it gives the fresh word of each read, and it counts
 * nothing. No CPU has it without RNDRRS. _AS is for users who know the rate of
 * their CPU.
 */
/* clang-format off */
#define SB_AARCH64_RNDR(cpu) SB_AARCH64_RNDR_AS(cpu, 0)
#define SB_AARCH64_RNDR_AS(cpu, credit) { &sb_aarch64_rndr, (void *)(cpu), (credit) }
/* clang-format on */

/* The register. At EL0 it traps, and some kernels answer. */
uint64_t sb_aarch64_isar0(void);

/* The virtual counter, for sb_hal.cycles. At least 56 bits move. */
uint64_t sb_aarch64_cntvct(void);

/* Its frequency in Hz, as the firmware wrote it down. 0: the firmware did
   not. */
uint32_t sb_aarch64_cntfrq(void);

/*
 * In flush.c, for a struct sb_cache_timing_state: DC CIVAC takes one line out
 * of every cache. With the fence, flushes, loads and reads of the counter
 * before it are over before those behind it begin. At EL0 the flush traps
 * unless SCTLR_EL1.UCI allows it.
 */
#define SB_AARCH64_CACHE_TIMING                                                   \
	.cycles = sb_aarch64_cntvct, .cycle_bits = 56, .flush = sb_aarch64_flush, \
	.fence = sb_aarch64_fence
void sb_aarch64_flush(const volatile void *at);
void sb_aarch64_fence(void);

/* The instructions SMC and HVC, as sb_smccc_find of hal/firmware wants them. */
void sb_aarch64_smc(uint64_t reg[4]);
void sb_aarch64_hvc(uint64_t reg[4]);

/*
 * For sb_hal.distrust, in confidential.c: SB_HOST and SB_TIMING in a realm (Arm
 * CCA), whose memory is hidden from its host, else 0. In doubt it is a realm:
 * only the answer that RSI_VERSION is an unknown call gives 0.
 *
 * In a realm SMC goes to the Realm Management Monitor, and no host answers
 * instead. But the host wrote the device tree that tells the board to ask. A
 * tree that was loaded before the realm was activated is part of the
 * measurement. A board that is used without that proof, or for realms only,
 * returns SB_HOST without asking.
 */
uint16_t sb_aarch64_distrust(const struct sb_aarch64_cpu *cpu);

/*
 * In instruction.c: fills buf with the words that step gives. step returns
 * nonzero only with a valid word. It is called at most `tries` times for each
 * word. Returns the bytes that were filled in, which are fewer than len, even
 * 0, after a word without success.
 */
#define SB_AARCH64_TRIES 10
int sb_aarch64_words(int (*step)(uint64_t *word), unsigned tries, uint8_t *buf, size_t len);

#ifdef __cplusplus
}
#endif
#endif
