/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The TRNG of NXP's Kinetis K8x, KL8x and KW, K32, LPC55S3x, MCX N and i.MX RT:
 * the "standalone true random number generator" with MCTL at 0 and ENT0 to
 * ENT15 at 0x40 (K82 Sub-Family Reference Manual, chapter TRNG; i.MX RT1050
 * Security Reference Manual, chapter TRNG).
 */
#ifndef SB_TRNG_MCUX_H
#define SB_TRNG_MCUX_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_trng_mcux_state {
	/* The board's. It has turned the unit's clock on. */
	uintptr_t base;
	uint8_t access;  /* 1: MCTL has TRNG_ACC, as on Kinetis; 0: reserved */
	uint8_t divider; /* MCTL.OSC_DIV: the oscillator by 2^divider, 0 to 3 */
	/* The driver's. */
	uint8_t next;    /* the word of ENT that was not read yet */
	uint8_t started; /* a word came since the start, or an error did */
	uint32_t first;  /* of the 16 words before */
};

/*
 * How often one read looks at the status. At 60 MHz it takes some 3 ms, at 600
 * MHz 0.5 ms. 64 bytes take 2500 samples of 3200 clocks (SDCTL after a reset),
 * which is 133 ms at 60 MHz. The unit goes on, and a later read finds them.
 */
#define SB_TRNG_MCUX_POLLS 16384u
/* And for the oscillator to stop. */
#define SB_TRNG_MCUX_STOP_POLLS 16384u

/*
 * 512 bits of samples of a ring oscillator. The unit checks them: the number of
 * ones, runs, long runs and a poker test, each against limits, and the count of
 * the oscillator. The limits are those after a reset, which MCTL.RST_DEF brings
 * back.
 *
 * probe: SB_ENODEV: MCTL reads 0, so the unit has no clock or is not there.
 * SB_EUNFIT: it does not go into its program mode (SEC_CFG.NO_PRGM), so its
 * limits are somebody else's.
 *
 * read hands over each word once. SB_EIO: MCTL.ERR, a check failed more often
 * than SCMISC.RTY_CT allows. It comes with FCT_FAIL, too slow or too fast an
 * oscillator, for which `divider` is there. It comes with OSC2_FAIL too. Words
 * that came with an error are never handed over. SB_EIO: 16 words begin as the
 * 16 before.
 *
 * After some resets the first answer is an error, and only that
 * (zephyrproject-rtos/zephyr, issue 37619 and pull request 37626). So one error
 * before the first word of a start is cleared, and the unit starts again:
 * SB_EAGAIN. OSC2_FAIL is not forgiven.
 *
 * stop goes to program mode, where no entropy can be read or made, and waits
 * for TSTOP_OK: after that the board may stop the clock.
 */
extern const struct sb_driver sb_trng_mcux;

/*
 * A row of sb_hal.sources. NXP names no figure of min-entropy. It calls the
 * words "a 512-bit entropy" for use as a seed (Kinetis SDK 2.0 API Reference
 * Manual, TRNG). No public SP 800-90B assessment of this configuration is known
 * to us. So half of that is counted: 4 bits a byte.
 */
/* clang-format off */
#define SB_TRNG_MCUX(state) { &sb_trng_mcux, (state), 1024 }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
