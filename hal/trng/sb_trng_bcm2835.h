/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random number generator of Broadcom's BCM2835, BCM2836 and BCM2837:
 * Raspberry Pi 1 to 3 and Zero. Broadcom publishes no manual of it. Registers
 * and warm-up are those of its driver in Linux, and of the binding
 * (drivers/char/hw_random/bcm2835-rng.c; rng/brcm,bcm2835.yaml).
 */
#ifndef SB_TRNG_BCM2835_H
#define SB_TRNG_BCM2835_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_trng_bcm2835_state {
	/* 0x20104000 on BCM2835, 0x3f104000 on BCM2836 and BCM2837 */
	uintptr_t base;
};

/* How often one read looks at the status. A look takes some 0.15 us over the
   bus of the peripherals, so a dead unit gives SB_EAGAIN after some 40 ms. */
#define SB_TRNG_BCM2835_POLLS 262144u

/* What the unit drops after its start, in its own unit, for the first numbers
   are "less random" (Linux's driver). It takes some 0.4 s, at the 0.7 Mbit/s
   that owners measured. */
#define SB_TRNG_BCM2835_WARM_UP 0x40000u

/*
 * Words of 32 bits from a noise source. Whether anything conditions them is not
 * published. Samples of one byte keep the start-up test at 1024 bytes.
 *
 * probe drops the words of before, sets the warm-up and starts the unit.
 * SB_ENODEV: its control register holds neither 0 nor 1. read hands over the
 * words that came within its polls. In the warm-up there are none: SB_EAGAIN.
 * stop halts the unit. Its interrupt is left to the board, which does not
 * enable it.
 */
extern const struct sb_driver sb_trng_bcm2835;

/*
 * A row of sb_hal.sources. Broadcom calls it a random number generator and
 * gives no figure. Linux takes each bit as a random one. No public assessment
 * by SP 800-90B is known to us, so half of that is counted: 4 bits a byte.
 */
/* clang-format off */
#define SB_TRNG_BCM2835(state) SB_TRNG_BCM2835_AS(state, 1024)
#define SB_TRNG_BCM2835_AS(state, credit) { &sb_trng_bcm2835, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
