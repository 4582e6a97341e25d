/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The entropy instructions and the counter of x86, 32 and 64 bits. A board
 * lists { SB_X86_RDSEED(&cpu), SB_X86_RDRAND(&cpu) }.
 */
#ifndef SB_X86_H
#define SB_X86_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What CPUID said since the last start. A hypervisor answers it, which takes 1
 * to 3 us, and a start asks for some leaves ten times. sb_x86_distrust forgets
 * all of it. So init, a change of the epoch and a reseed ask anew, and a guest
 * that has moved to another CPU finds out. A table whose sources have this
 * memory also has a distrust that calls sb_x86_distrust or sb_x86_forget. It
 * may serve several CPUs that are alike.
 */
#define SB_X86_LEAVES 8 /* 0, 1, 7, 21h, 40000000h, 80000000h, 8000001Fh */
struct sb_x86_leaves {
	uint32_t start, renewed;
	uint8_t busy, next;
	struct sb_x86_leaf {
		uint32_t leaf, sub, start, reg[4];
	} at[SB_X86_LEAVES];
};

/* What the board knows of its CPU. The drivers read no ID register by
   themselves: under Xen PV the native leaves are not the truth. */
struct sb_x86_cpu {
	/* Fills in reg with EAX, EBX, ECX, EDX. On bare metal this is
	   sb_x86_cpuid. */
	void (*cpuid)(uint32_t leaf, uint32_t sub, uint32_t reg[4]);
	/* Zeros at first. NULL: cpuid is called each time. */
	struct sb_x86_leaves *leaves;
	/* For sb_x86_distrust: puts RDMSR into *value and returns SB_OK. Any
	   other result means that the register was not read. It is called only
	   if CPUID says that the register exists, so sb_x86_rdmsr will do in
	   ring 0. NULL: this board cannot read it. */
	int (*msr)(uint32_t index, uint64_t *value);
	/* 1: msr returns SB_ENODEV for a register that does not exist. Then it
	   is called whatever CPUID says. */
	uint8_t msr_survives;
};

/* Each is there if CPUID says so. Its probe returns SB_EUNFIT where errata.c
   objects. Both are SB_LOCAL and SB_FAST. ctx is a struct sb_x86_cpu. */

/* SB_EAGAIN: another CPU starves this one; ask again. */
extern const struct sb_driver sb_x86_rdseed;

/* SB_EIO: no answer ten times, so the unit is broken. */
extern const struct sb_driver sb_x86_rdrand;

/* A row of sb_hal.sources. Each bit of RDSEED has full entropy (Intel DRNG
   Software Implementation Guide 2.1, section 3.2.4; AMD APM volume 3, RDSEED: a
   conditioned non-deterministic source of SP 800-90B). */
/* clang-format off */
#define SB_X86_RDSEED(cpu) SB_X86_RDSEED_AS(cpu, 2048)
#define SB_X86_RDSEED_AS(cpu, credit) { &sb_x86_rdseed, (void *)(cpu), (credit) }
/* clang-format on */

/* RDRAND is an AES-128 CTR_DRBG of SP 800-90A. One seed of 128 bits may serve
   511 outputs of 128 bits (same guide, section 3.2.3). So it is counted at 128
   bits in 511 * 16 bytes: 1/64 bit a byte. */
/* clang-format off */
#define SB_X86_RDRAND(cpu) SB_X86_RDRAND_AS(cpu, 4)
#define SB_X86_RDRAND_AS(cpu, credit) { &sb_x86_rdrand, (void *)(cpu), (credit) }
/* clang-format on */

/* The CPUID instruction. A hypervisor may answer instead of the CPU. */
void sb_x86_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4]);

/* In ask.c: cpu->cpuid, or what it said since the last start. */
void sb_x86_ask(const struct sb_x86_cpu *cpu, uint32_t leaf, uint32_t sub, uint32_t reg[4]);
void sb_x86_forget(const struct sb_x86_cpu *cpu);
/* Forgets, unless somebody did since the last call. For what each start asks
   behind distrust, and others ask at any time. */
void sb_x86_renew(const struct sb_x86_cpu *cpu);

/* RDMSR, for ring 0. It traps if there is no such register. */
int sb_x86_rdmsr(uint32_t index, uint64_t *value);

/* The time stamp counter, for sb_hal.cycles; 64 bits move. It traps where the
   TSC is denied to this privilege level. */
uint64_t sb_x86_tsc(void);

/*
 * For sb_hal.distrust, in confidential.c. It begins with sb_x86_forget. SB_HOST
 * and SB_TIMING in a guest whose memory is hidden from its host, which can trap
 * the counter too. Else it is what sb_x86_timing says. Plain SEV and SEV-ES
 * count like SEV-SNP: they defend less, but their users do not want the host to
 * know their keys either. In doubt the answer is SB_HOST: SEV without an msr to
 * call, an msr that fails, a status with unknown bits.
 *
 * What a lying host can do about it:
 *
 * TDX: nothing. The TDX module answers leaf 21h inside the TD. In a nested TD,
 * the outer TD answers.
 *
 * SEV-SNP: SEV_STATUS is the CPU's own answer, which no host intercepts. CPUID
 * is not. A guest that executes CPUID gets #VC. The handler is the board's or
 * its firmware's. It must take the answer from the CPUID page, which the
 * security processor has checked, and not from the host. That check stops the
 * host from adding features, not from hiding leaves. With msr_survives the leaf
 * does not matter.
 *
 * SEV-ES: the same, but there is no CPUID page. If a handler of #VC ever ran,
 * that alone proves such a guest. Then let the board return SB_HOST.
 *
 * SEV: the host answers CPUID. With msr_survives that does not matter. Without
 * it, a hidden leaf is not noticed.
 *
 * A paravisor (Hyper-V's isolated guests) may hide both on purpose. A board for
 * confidential machines only need not ask at all: a distrust that always
 * returns SB_HOST cannot be lied to. A host that hides RDRAND and RDSEED only
 * gains a refusal.
 */
uint16_t sb_x86_distrust(const struct sb_x86_cpu *cpu);

/* In recorded.c: SB_TIMING under an emulator that says what it is, else
   SB_UNRECORDED if docs/evidence has no recording of this CPU, else 0. */
uint16_t sb_x86_timing(const struct sb_x86_cpu *cpu);

/*
 * In flush.c, for a struct sb_cache_timing_state. Nonzero: CPUID says that the
 * CPU has what the other two execute. CLFLUSH takes one line out of every
 * cache. With the fence, flushes, loads and RDTSC before it are over before
 * those behind it begin. The recordings have one load in a sample: a TSC that
 * needs more to show the cache is none that was recorded.
 */
#define SB_X86_CACHE_TIMING                                                                   \
	.cycles = sb_x86_tsc, .cycle_bits = 64, .flush = sb_x86_flush, .fence = sb_x86_fence, \
	.loads_most = 1
int sb_x86_flushes(const struct sb_x86_cpu *cpu);
void sb_x86_flush(const volatile void *at);
void sb_x86_fence(void);

/* In identity.c: nonzero if the CPU is one of these. */
struct sb_x86_models {
	char vendor[13]; /* of leaf 0 */
	uint8_t family, first, last;
};
int sb_x86_is(const struct sb_x86_cpu *cpu, const struct sb_x86_models *models);

/* Nonzero if three registers spell the text. The order is "bdc" where EBX, EDX,
   ECX spell it. */
int sb_x86_spells(const uint32_t reg[4], const char order[3], const char text[12]);

/* In errata.c: nonzero if an erratum makes words of `word` bytes from this
   instruction unsafe on this CPU. */
enum sb_x86_instruction { SB_X86_IS_RDRAND, SB_X86_IS_RDSEED };
int sb_x86_erratum(const struct sb_x86_cpu *cpu, enum sb_x86_instruction instruction, size_t word);

/*
 * In instruction.c: fills buf with the words that step gives. step returns
 * nonzero only with a valid word. It is called at most `tries` times for each
 * word. Returns the bytes that were filled in, which are fewer than len, even
 * 0, after a word without success.
 */
int sb_x86_words(int (*step)(unsigned long *word), unsigned tries, uint8_t *buf, size_t len);

#ifdef __cplusplus
}
#endif
#endif
