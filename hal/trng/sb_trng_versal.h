/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The TRNG in the platform management controller (PMC) of AMD's Versal: eight
 * ring oscillators, health tests by SP 800-90B, and a generator that they seed.
 * Versal ACAP Register Reference (AM012), module TRNG; times and modes: AMD's
 * driver (embeddedsw, XilinxProcessorIPLib/drivers/trngpsv).
 */
#ifndef SB_TRNG_VERSAL_H
#define SB_TRNG_VERSAL_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_trng_versal_state {
	/* 0xf1230000. 0: the board knows that it is not there or out of
	   reach, as where the PMC keeps it to itself. A read of it would
	   trap. */
	uintptr_t base;
};

/* How often a wait looks at the status. AMD's driver gives a seed 15 ms and 16
   bytes 8 ms. A look takes some 0.15 us, so a wait ends after some 40 ms. A
   read waits three times at most. */
#define SB_TRNG_VERSAL_POLLS 262144u

/* Looks that a reset is held for. AMD's driver holds it for 10 us. */
#define SB_TRNG_VERSAL_RESET 256u

/*
 * A seed and 32 bytes: each read has the oscillators seed the generator (384
 * bits), and hands over one request of 256 bits at most.
 *
 * probe resets the unit and turns on the oscillators. SB_ENODEV: base is 0, or
 * the control register does not hold what is written. read: SB_EAGAIN: a seed
 * or a block was not there within its polls. SB_EIO: a test of the oscillators
 * failed (CERTF), or one of the generator (DTF). Nothing of that read is handed
 * over. stop turns the oscillators off and holds the unit in reset. A new probe
 * recovers it.
 */
extern const struct sb_driver sb_trng_versal;

/*
 * A row of sb_hal.sources. AMD publishes no assessment of the oscillators. Its
 * driver says that their tests do not see a pattern of 0 and 1 in turn, and
 * behind the generator the tests here cannot see it either. A seed of 384 bits
 * gives 256, and half of that is counted: 4 bits a byte.
 */
/* clang-format off */
#define SB_TRNG_VERSAL(state) SB_TRNG_VERSAL_AS(state, 1024)
#define SB_TRNG_VERSAL_AS(state, credit) { &sb_trng_versal, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
