/* SPDX-License-Identifier: BSD-2-Clause */
#include "wfi.h"
#include "io.h"

#define LOOP_SLEEP_MAX 1000000000u /* ns; a wait that ends early is an event */
#define LOOP_WAKES_MAX 1000        /* spurious wakes before a wait gives up */
#define LOOP_POLLS_MAX 1000000u

int wfi_works;
static struct sb_hook *loop_hooks;

static void loop_poll(uint64_t deadline)
{
	for (uint32_t polls = 0; polls < LOOP_POLLS_MAX && wfi_now() < deadline; polls++)
		sb_io_relax();
}

static void loop_wait(uint64_t deadline)
{
	uint64_t now = wfi_now();

	sb_loop_run(loop_hooks);
	if (deadline > now && deadline - now > LOOP_SLEEP_MAX)
		deadline = now + LOOP_SLEEP_MAX;
	if (!wfi_works) {
		loop_poll(deadline);
		return;
	}
	for (unsigned wakes = 0; wakes < LOOP_WAKES_MAX && !wfi_taken(); wakes++) {
		now = wfi_now();
		if (now >= deadline)
			return;
		wfi_alarm((uint32_t)(deadline - now));
		wfi_sleep();
		wfi_alarm(0);
	}
}

const struct sb_loop wfi_loop = {
	.now = wfi_now, .wait = loop_wait, .hooks = &loop_hooks, .harvest = &sb_harvest
};
