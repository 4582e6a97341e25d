/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random number instruction, the clock and the channels of s390x. A board
 * lists { SB_S390X_PRNO(&cpu) }. PoP is the z/Architecture Principles of
 * Operation, SA22-7832-13.
 */
#ifndef SB_S390X_H
#define SB_S390X_H

#include "sb_channel.h"
#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SB_S390X_FACILITIES 4 /* doublewords: facilities 0 to 255 */
#define SB_S390X_QUERY 16     /* bytes that tell of 128 functions */
#define SB_S390X_UVCB 160     /* bytes */

/* What the board gives of its CPU: functions of this header. */
struct sb_s390x_cpu {
	/* sb_s390x_facilities */
	void (*facilities)(uint64_t list[SB_S390X_FACILITIES]);
	/* sb_s390x_ultravisor, in supervisor state. NULL: this program may not
	   ask, and then a guest that may be protected counts as one. */
	int (*ultravisor)(void *block);
};

/*
 * SB_LOCAL; ctx is a struct sb_s390x_cpu. Its bytes are conditioned ones of
 * PRNO, function TRNG. SB_ENODEV: facility 57 is missing, or the function. The
 * CPU may stop before it has all bytes (condition code 3), and is then asked
 * for the rest, SB_S390X_PRNO_TRIES times in all. SB_EAGAIN: it gave none.
 * SB_EIO: a condition code, or a length, that PoP does not know.
 */
extern const struct sb_driver sb_s390x_prno;
#define SB_S390X_PRNO_TRIES 16

/* A row of sb_hal.sources. PoP says that the bytes are conditioned, and gives
   no figure. So half of their bits count. */
/* clang-format off */
#define SB_S390X_PRNO(cpu) SB_S390X_PRNO_AS(cpu, 1024)
#define SB_S390X_PRNO_AS(cpu, credit) { &sb_s390x_prno, (void *)(cpu), (credit) }
/* clang-format on */

/*
 * STORE CLOCK FAST, for sb_hal.cycles; 64 bits move, at
 * SB_S390X_STCKF_HZ. Two reads may give the same value. Where the clock is in
 * error or not operational (condition codes 2 and 3) it is 0 for ever.
 */
uint64_t sb_s390x_stckf(void);
/* Bit 51 is a microsecond: PoP chapter 4, "Time-of-Day Clock". */
#define SB_S390X_STCKF_HZ 4096000000u

/* STORE FACILITY LIST EXTENDED: bit 0 is the highest of the first doubleword.
   Facilities that the CPU does not tell of are 0. */
void sb_s390x_facilities(uint64_t list[SB_S390X_FACILITIES]);

/* Whether a list has it. 0 to 255. */
static inline int sb_s390x_has(const uint64_t list[SB_S390X_FACILITIES], unsigned facility)
{
	return (int)(list[facility / 64] >> (63 - facility % 64) & 1);
}

/*
 * PERFORM RANDOM NUMBER OPERATION. The query writes a bit for each function;
 * bit 0 is the highest of the first byte. The other one is function TRNG: it
 * writes conditioned bytes at *at, and moves *at and *left on. It returns the
 * condition code: 0 if *left became 0, 3 if the CPU stopped before. Both trap
 * without facility 57, and the second one without its bit in the query.
 */
void sb_s390x_prno_query(uint8_t functions[SB_S390X_QUERY]);
int sb_s390x_prno_trng(uint8_t **at, size_t *left);

/*
 * ULTRAVISOR CALL with a control block, which lies on a multiple of 8. It
 * returns the condition code: 0 or 1, and 2 or 3 if it wants to be called
 * again. It traps in problem state, and without facility 158.
 */
int sb_s390x_ultravisor(void *block);

/*
 * For sb_hal.distrust: SB_HOST and SB_TIMING in a guest of Secure Execution,
 * whose memory the ultravisor hides from its hypervisor. The hardware and the
 * ultravisor say so, so no hypervisor can deny it.
 */
uint16_t sb_s390x_distrust(const struct sb_s390x_cpu *cpu);

/* Channel I/O, for hal/virtio/sb_virtio_ccw.h. It traps in problem state. sets
   takes 8 KiB of stack. */
extern const struct sb_channel sb_s390x_channel;

#ifdef __cplusplus
}
#endif
#endif
