/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How these programs make an instance ready: with patience, and with a bound.
 */
#ifndef READY_H
#define READY_H

#include "seedbed.h"

/*
 * Runs the self-test, then seedbed_init over sb_platform. SB_EIO: this CPU
 * computes wrongly, and *s was not touched.
 */
SEEDBED_CHECK int ready_start(struct seedbed *s);

/*
 * Calls seedbed_gather until it returns SB_OK or SB_EIO, at most 9000 times,
 * and returns the last result. If the board has a loop, a wait of at most 20 ms
 * follows each round without news. One follows each of the first eight rounds
 * in which a source has not answered. All waits together take at most three
 * minutes. After each second a line tells what came so far:
 *
 *	waiting for entropy: 0 of 384 bits, virtio-rng 50 start-up bytes
 */
SEEDBED_CHECK int ready_rounds(struct seedbed *s);

/* Waits in the board's loop if it has one. At most 4000 ms. */
void ready_wait(uint32_t ms);

#endif
