/* SPDX-License-Identifier: BSD-2-Clause */
/* A trusted seed: bytes that someone put into memory for this boot (device tree, boot loader, flash, provisioning). */
#ifndef SB_SEED_H
#define SB_SEED_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The context: writable memory, erased in place as it is handed over, and whole at stop, since what is left would be the same in every
   clone. Only the board knows whether it is fresh in each boot: a seed that comes back after a reset, or that others know, is listed
   with credit 0 or not at all. */
struct sb_seed_state {
	uint8_t *at; /* NULL or len 0: none here */
	size_t len;
};

/* Hands out each byte once, then SB_ENODEV. No health test can say anything about it. */
extern const struct sb_driver sb_seed;
extern const struct sb_driver
	sb_seed_host; /* SB_HOST: the hypervisor or host made it (/chosen/rng-seed of a virtual machine) */

/* A row of sb_hal.sources. There is no default credit: only the board knows how the seed was made. */
/* clang-format off */
#define SB_SEED_AS(state, credit) { &sb_seed, (state), (credit) }
#define SB_SEED_HOST_AS(state, credit) { &sb_seed_host, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
