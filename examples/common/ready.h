/* SPDX-License-Identifier: BSD-2-Clause */
/* How these programs get an instance to serve: patiently, and with a bound. */
#ifndef READY_H
#define READY_H

#include "seedbed.h"

/* The self-test, then init over sb_platform. SB_EIO: this CPU computes wrongly, *s was not touched. */
SEEDBED_CHECK int ready_start(struct seedbed *s);

/* Rounds of seedbed_gather until one says SB_OK or SB_EIO, at most 1500. Where the board has a loop, a round without news, and one of the first
   eight while a source has not answered, is followed by a wait of at most 20 ms: half a minute at most. The last result. */
SEEDBED_CHECK int ready_rounds(struct seedbed *s);

void ready_wait(uint32_t ms); /* at most 4000, in the board's loop if it has one */

#endif
