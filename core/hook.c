/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of hooks that a platform's event loop runs (sb_loop.h). */
#include "core.h"

/* Where it stands in the list, or the end of the list. */
static struct sb_hook **hook_find(struct sb_hook **at, const struct sb_hook *hook)
{
	while (*at && *at != hook)
		at = &(*at)->next;
	return at;
}

void sb_loop_add(struct sb_hook **head, struct sb_hook *hook)
{
	struct sb_hook **at = hook_find(head, hook);

	if (*at)
		return;
	hook->next = NULL;
	*at = hook;
}
SB_OWN(sb_loop_add);

void sb_loop_remove(struct sb_hook **head, struct sb_hook *hook)
{
	struct sb_hook **at = hook_find(head, hook);

	if (*at)
		*at = hook->next;
}
SB_OWN(sb_loop_remove);

void sb_loop_run(struct sb_hook *head)
{
	while (head) {
		struct sb_hook *next = head->next; /* it may remove itself */

		if (head->run) /* NULL: erased where it stands (sb_clear) */
			head->run(head->ctx);
		head = next;
	}
}
SB_OWN(sb_loop_run);
