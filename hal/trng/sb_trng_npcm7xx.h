/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random number generator of Nuvoton's NPCM7xx, a BMC. Its data sheet is
 * not public. Registers are those of Nuvoton's driver in Linux
 * (drivers/char/hw_random/npcm-rng.c, by Nuvoton) and binding
 * (rng/nuvoton,npcm-rng.yaml).
 */
#ifndef SB_TRNG_NPCM7XX_H
#define SB_TRNG_NPCM7XX_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_trng_npcm7xx_state {
	uintptr_t base; /* 0xf000b000 on every NPCM7xx */
};

/* How often one read looks at the status. Nuvoton's driver gives a byte 20 ms.
   A look takes some 0.15 us, so a dead unit gives SB_EAGAIN after some
   40 ms. */
#define SB_TRNG_NPCM7XX_POLLS 262144u

/*
 * Bytes from ring oscillators. Whether anything conditions them is not
 * published.
 *
 * probe chooses the oscillators and the divider for a clock of 20 to 25 MHz,
 * starts the unit, and drops one byte, which may be of before. SB_ENODEV: its
 * mode register does not hold what is written. read hands over the bytes that
 * came within its polls, or SB_EAGAIN. A unit that is off has no valid byte, so
 * its zeros are never taken. stop turns it off.
 */
extern const struct sb_driver sb_trng_npcm7xx;

/*
 * A row of sb_hal.sources. Nuvoton gives no figure. Its driver takes each bit
 * as a random one. No public assessment by SP 800-90B is known to us, so half
 * of that is counted: 4 bits a byte.
 */
/* clang-format off */
#define SB_TRNG_NPCM7XX(state) SB_TRNG_NPCM7XX_AS(state, 1024)
#define SB_TRNG_NPCM7XX_AS(state, credit) { &sb_trng_npcm7xx, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
