/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The whole library over one driver: what its device does is seen in what the
 * core says of it. The platform has no clock and no epoch.
 */
#ifndef WHOLE_H
#define WHOLE_H

#include "seedbed.h"

extern struct seedbed whole;

/* Begins with this row as the only source, and makes rounds until the result is
   SB_OK or SB_EIO. SB_EAGAIN: `most` rounds were not enough. */
int whole_start(const struct sb_source *row, unsigned most);
int whole_rounds(unsigned most); /* goes on */
struct seedbed_report whole_report(void);
/* These words stand in the receipt, one space between them. If not, prints the
   receipt. */
int whole_says(const char *words);

#endif
