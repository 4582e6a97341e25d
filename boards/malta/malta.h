/* SPDX-License-Identifier: BSD-2-Clause */
/* What board.c found, for platform.c. */
#ifndef MALTA_H
#define MALTA_H

#include "gt64120.h"
#include "sb_mips.h"
#include "yamon.h"

extern struct sb_seed_state malta_seed; /* fresh in each boot and reset */

#endif
