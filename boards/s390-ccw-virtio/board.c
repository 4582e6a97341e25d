/* SPDX-License-Identifier: BSD-2-Clause */
#include "s390_ccw.h"

struct sb_virtio_rng_state ccw_rng[CCW_RNGS];

/* For a device of revision 0. */
static struct sb_virtio_pages ccw_pages[CCW_RNGS];
static struct sb_virtio_ccw ccw_where[CCW_RNGS];

void s390x_board(void)
{
	for (unsigned i = 0; i < CCW_RNGS; i++)
		ccw_rng[i].pages = &ccw_pages[i];
	(void)sb_virtio_ccw_find(&sb_s390x_channel, ccw_rng, ccw_where, CCW_RNGS);
}
