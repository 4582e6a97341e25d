/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The RNGB and RNGC of Freescale's i.MX25, i.MX35, i.MX6SL, i.MX6ULL and
 * Kinetis K60: a generator (SHA-1 over a state of 256 bits) that ring
 * oscillators seed. K60 Sub-Family Reference Manual, chapter 33 (RNGB); Linux
 * drivers/char/hw_random/imx-rngc.c and binding rng/imx-rng.yaml.
 */
#ifndef SB_TRNG_IMX_RNGC_H
#define SB_TRNG_IMX_RNGC_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zero but for base. */
struct sb_trng_imx_rngc_state {
	uintptr_t base;  /* 0x53fb0000 on i.MX25. The board gives it its clock */
	uint8_t pending; /* the command, self-test or seed, that runs */
	uint8_t failed;  /* seeds that failed their statistics, one after another */
};

/* How often one read, or the reset in probe, looks at the unit. A look takes
   some 0.1 us, so that is some 7 ms. The self-test takes 29 000 cycles, under
   1 ms. A seed takes some 30 ms, and Linux gives it 200 ms: the next read goes
   on to wait for it. */
#define SB_TRNG_IMX_RNGC_POLLS 65536u

/* Seeds in a row that fail the unit's statistical tests, and it has failed. A
   sound one may fail once in a thousand: Linux asks for another without end. */
#define SB_TRNG_IMX_RNGC_SEEDS 3

/*
 * A seed and 20 bytes. By itself the unit makes 2^20 words of one seed. Here
 * each read asks for a seed, drops the words that the unit had before it, and
 * hands over one number of 160 bits at most.
 *
 * probe resets the unit and starts its self-test. SB_ENODEV: the version
 * register names neither an RNGB nor an RNGC. SB_EIO: the reset does not end.
 * The first read waits for the self-test, and the next ones for a seed each.
 * SB_EAGAIN: it runs, it was the self-test, or the seed failed its statistics.
 * SB_EIO: that happened SB_TRNG_IMX_RNGC_SEEDS times in a row, or another error
 * bit is set (shift register, oscillator, self-test, FIFO). stop resets the
 * unit, which forgets its seed and sleeps. A new probe recovers it.
 */
extern const struct sb_driver sb_trng_imx_rngc;

/*
 * A row of sb_hal.sources. The manual calls a seed sufficient for a state of
 * 256 bits and gives no assessment (section 33.2.2: 20000 samples of the
 * oscillators, tested). One number of 160 bits is taken of each, and half of
 * that is counted: 4 bits a byte. Linux counts 19 bits of 1024, as it takes
 * 2^20 words of a seed.
 */
/* clang-format off */
#define SB_TRNG_IMX_RNGC(state) SB_TRNG_IMX_RNGC_AS(state, 1024)
#define SB_TRNG_IMX_RNGC_AS(state, credit) { &sb_trng_imx_rngc, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
