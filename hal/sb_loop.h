/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The event loop of a platform, as seedbed sees it: what all loops have in
 * common (Xen block and event channels, Solo5 yield, UEFI timer events, Unix
 * poll, WFI with a timer). A platform implements it once. seedbed_init adds one
 * hook for each instance, its harvest. seedbed_wipe removes the hook.
 *
 * The platform wakes for events: an interrupt, an event channel, a packet, a
 * descriptor. An event that comes between two waits, or while the hooks run,
 * ends the next sleep at once: no event is slept through. An event ends one
 * wait only, unless it stays pending (a descriptor stays readable until it is
 * read).
 *
 * wait does not say why it ended. It may end early without a reason, though not
 * again and again. Look at your condition, and call it again.
 */
#ifndef SB_LOOP_H
#define SB_LOOP_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * wait calls each hook once before it sleeps. The memory belongs to the caller
 * of sb_loop_add; nothing is allocated. A hook may remove itself while it runs,
 * and no other hook. If the loop has a task of its own, call seedbed_init
 * before the task starts, and seedbed_wipe after it stops.
 */
struct sb_hook {
	void (*run)(void *ctx);
	void *ctx;
	struct sb_hook *next;
};

struct sb_harvest;
struct sb_loop {
	/*
	 * Nanoseconds, monotonic, from a fixed point. A round without progress
	 * asks it, from wherever it is called.
	 */
	uint64_t (*now)(void);
	/*
	 * Runs every hook, by sb_loop_run(*hooks). Then it sleeps until an
	 * event or until now() >= deadline, never longer. It does not sleep if
	 * the deadline is past already.
	 */
	void (*wait)(uint64_t deadline);
	struct sb_hook **hooks; /* the list of this loop, NULL at first */
	/* &sb_harvest; an image without a loop does not link it. */
	const struct sb_harvest *harvest;
};

extern const struct sb_harvest sb_harvest;

/* Adds a hook to the end of a list. One that is in already stays in once. */
void sb_loop_add(struct sb_hook **head, struct sb_hook *hook);
/* Does nothing if the hook is not in the list. */
void sb_loop_remove(struct sb_hook **head, struct sb_hook *hook);
/* Runs each hook of a list once. */
void sb_loop_run(struct sb_hook *head);

#ifdef __cplusplus
}
#endif
#endif
