/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The receipt says what this machine's randomness is made of, for people and
 * for programs. No secret is in it. The two long lines are broken here:
 *
 *	seedbed-receipt 1
 *	board qemu-x86_64
 *	selftest passed
 *	source x86-rdrand       credited  state=live     credit=0.0156
 *	  bits=396    bytes=25344    alarms=0 flags=conditioned,local,fast
 *	source virtio-rng       absent    state=absent   credit=0.0000
 *	  bits=0      bytes=0        alarms=0 flags=conditioned,host
 *	  why="not on this machine"
 *	counter bits=64 hz=0 cost=26
 *	reads 553
 *	state ready bits=0 generation=0
 *	clones noticed
 *	verdict ready
 *	end-receipt
 *
 * A line is a keyword, plain words, then key=value pairs. A value with a space
 * in it stands in double quotes. Columns are padded with spaces.
 * docs/receipt.md gives every word and unit. A reader skips keywords and keys
 * that it does not know. A change of meaning raises the number in the first
 * line.
 */
#ifndef RECEIPT_H
#define RECEIPT_H

#include "seedbed.h"

/*
 * Prints the receipt of an instance over sb_platform. started is the result of
 * ready_start. Returns SB_OK if the instance serves, otherwise SB_EIO.
 */
int receipt_print(const struct seedbed *s, int started);
/* The same with a line of what a buffer (core/seedbed_buffer.h) is not for. */
int receipt_print_buffered(const struct seedbed *s, int started);

#endif
