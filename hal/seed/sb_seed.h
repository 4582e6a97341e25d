/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A trusted seed: bytes that another program put into memory for this boot
 * (device tree, boot loader, flash, provisioning).
 */
#ifndef SB_SEED_H
#define SB_SEED_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SB_SEED_KEPT 32u

/*
 * The context. It names writable memory. Each byte is erased in place as it is
 * handed over. stop erases the rest, because every clone would have the same
 * bytes.
 *
 * Only the board knows if the seed is fresh in each boot. A seed that comes
 * back after a reset, or that others know, is listed with credit 0 or not at
 * all.
 */
struct sb_seed_state {
	uint8_t *at; /* NULL: there is no seed */
	size_t len;  /* 0: there is no seed */
	/*
	 * Where `at` points if the seed was found in a place that it must leave
	 * at once, as sb_fdt_seed finds it.
	 */
	uint8_t kept[SB_SEED_KEPT];
};

/* Hands out each byte once, then returns SB_ENODEV. No health test can say
   anything about a seed. */
extern const struct sb_driver sb_seed;

/* The same with SB_HOST: the hypervisor or host made the seed (/chosen/rng-seed
   of a virtual machine). */
extern const struct sb_driver sb_seed_host;

/* Rows of sb_hal.sources. There is no default credit, since only the board
   knows how the seed was made. */
/* clang-format off */
#define SB_SEED_AS(state, credit) { &sb_seed, (state), (credit) }
#define SB_SEED_HOST_AS(state, credit) { &sb_seed_host, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
