/* SPDX-License-Identifier: BSD-2-Clause */
#include "ready.h"

#define READY_ROUNDS_MAX 1500
#define READY_WAIT_MS 20
/*
 * Rounds in which a source is waited for before the first output:
 * docs/design.md.
 */
#define READY_CHANCES 8

int ready_start(struct seedbed *s)
{
	int result = seedbed_selftest();

	return result == SB_OK ? seedbed_init(s, &sb_platform) : result;
}

void ready_wait(uint32_t ms)
{
	const struct sb_loop *loop = sb_platform.loop;

	if (loop)
		loop->wait(loop->now() + ms * 1000000u);
}

static int ready_pending(const struct seedbed *s)
{
	struct seedbed_report report;

	for (size_t i = 0; seedbed_inspect(s, i, &report) == SB_OK; i++)
		if (report.reason == SEEDBED_PENDING)
			return 1;
	return 0;
}

int ready_rounds(struct seedbed *s)
{
	uint32_t bits = seedbed_status(s).bits;
	int result = seedbed_gather(s);

	for (int round = 1; round < READY_ROUNDS_MAX && result == SB_EAGAIN; round++) {
		uint32_t now = seedbed_status(s).bits;

		/*
		 * Beside a fast source a device's chances would be over in
		 * microseconds.
		 */
		if (now == bits || (round <= READY_CHANCES && ready_pending(s)))
			ready_wait(READY_WAIT_MS);
		bits = now;
		result = seedbed_gather(s);
	}
	return result;
}
