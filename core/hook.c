/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_hal.h"
#include "sb_loop.h"

void sb_loop_add(struct sb_hook **head, struct sb_hook *hook)
{
	struct sb_hook **at = head;

	while (*at && *at != hook)
		at = &(*at)->next;
	if (*at)
		return;
	hook->next = NULL;
	*at = hook;
}
SB_OWN(sb_loop_add);

void sb_loop_remove(struct sb_hook **head, struct sb_hook *hook)
{
	struct sb_hook **at = head;

	while (*at && *at != hook)
		at = &(*at)->next;
	if (!*at)
		return;
	*at = hook->next;
	hook->next = NULL;
}
SB_OWN(sb_loop_remove);

void sb_loop_run(struct sb_hook *head)
{
	while (head) {
		struct sb_hook *next = head->next; /* a hook may take itself out */

		head->run(head->ctx);
		head = next;
	}
}
SB_OWN(sb_loop_run);
