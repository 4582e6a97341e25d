/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No seedbed_event. A program that calls it brings event.c, and so does not
 * link: sb_event_drain is defined twice.
 */
#include "core.h"

void sb_event_drain(struct seedbed *s)
{
	(void)s;
}
SB_OWN(sb_event_drain);
SB_MARK(sb_without_events_, sb_event_drain);
