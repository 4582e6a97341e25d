/* SPDX-License-Identifier: BSD-2-Clause */
/* The part of sb_platform that a process has on every CPU. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include "sb_unix.h"

#define PLATFORM_UNIX                                                                             \
	.cycle_bits = 64, .epoch = sb_unix_epoch, .enter = sb_unix_enter, .leave = sb_unix_leave, \
	.loop = &sb_unix_loop

#endif
