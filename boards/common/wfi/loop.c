/* SPDX-License-Identifier: BSD-2-Clause */
#include "wfi.h"
#include "io.h"

#define LOOP_HZ_UNKNOWN 1000000000u /* the Generic Timer from ARMv8.6 on */
#define LOOP_NS 1000000000u
#define LOOP_SLEEP_MAX LOOP_NS /* a wait that ends early counts as an event */
#define LOOP_WAKES_MAX 1000    /* spurious wakes before a wait gives up */
#define LOOP_POLLS_MAX 1000000u

int wfi_works;
static struct sb_hook *loop_hooks;

uint64_t wfi_ns(uint64_t ticks, uint32_t hz)
{
	if (!hz)
		hz = LOOP_HZ_UNKNOWN;
	return ticks / hz * LOOP_NS + ticks % hz * LOOP_NS / hz;
}

uint64_t wfi_ticks(uint32_t ns, uint32_t hz)
{
	return (uint64_t)ns * (hz ? hz : LOOP_HZ_UNKNOWN) / LOOP_NS;
}

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
