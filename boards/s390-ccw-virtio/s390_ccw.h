/* SPDX-License-Identifier: BSD-2-Clause */
/* What board.c found, for platform.c. */
#ifndef S390_CCW_H
#define S390_CCW_H

#include "s390x.h"
#include "sb_virtio_ccw.h"

#define CCW_RNGS 2
extern struct sb_virtio_rng_state ccw_rng[CCW_RNGS];

#endif
