/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The event-loop shim: the intersection of what every platform's loop offers (Xen block and event channels, Solo5 yield, UEFI
 * timer events, Unix poll, WFI with a timer). A platform implements it once; seedbed_init hooks its harvest in, once an instance, and
 * seedbed_wipe takes it away.
 *
 * An event is what the platform wakes for: an interrupt, an event channel, a packet, a descriptor. One that comes between two waits, or while the hooks
 * run, ends the next sleep at once: none is slept through. It ends no second one, unless nobody takes it (a descriptor can be read until it
 * is). wait does not say why it ended, and it may end early for no reason, though not again and again: look, and call it again.
 */
#ifndef SB_LOOP_H
#define SB_LOOP_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Called at every entry into the loop. The memory belongs to whoever hooks in; no allocation anywhere. A hook may take itself out while it runs,
   and no other. Whoever runs the loop in a task of its own initialises what is to be hooked in before, and wipes it after. */
struct sb_hook {
	void (*run)(void *ctx);
	void *ctx;
	struct sb_hook *next;
};

struct sb_loop {
	uint64_t (*now)(void); /* monotonic nanoseconds since some fixed point */
	/* Runs every hook; then sleeps until an event or until now() >= deadline, never longer. Where that is past already it does not sleep. */
	void (*wait)(uint64_t deadline);
	struct sb_hook *
		*hooks; /* the list, empty at first: seedbed adds and removes, wait runs it */
};

/* core/hook.c. wait calls sb_loop_run. */
void sb_loop_add(struct sb_hook **head, struct sb_hook *hook);
void sb_loop_remove(struct sb_hook **head, struct sb_hook *hook);
void sb_loop_run(struct sb_hook *head);

#ifdef __cplusplus
}
#endif
#endif
