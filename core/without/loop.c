/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No event loop: hal->loop is NULL, so there is no harvest and no clock. A
 * board whose loop calls sb_loop_run brings hook.c, and so does not link:
 * sb_loop_remove is defined twice. An image whose table
 * has a loop is a fault of tools/provenance.
 */
#include "core.h"

void sb_harvest(struct seedbed *s)
{
	(void)s;
}
SB_OWN(sb_harvest);
SB_MARK(sb_without_loop_, sb_harvest);

void sb_loop_remove(struct sb_hook **head, struct sb_hook *hook)
{
	(void)head;
	(void)hook;
}
SB_OWN(sb_loop_remove);

int sb_patience_over(struct seedbed *s, int coming)
{
	(void)coming;
	return s->fruitless >= SB_FRUITLESS_MAX;
}
SB_OWN(sb_patience_over);
