/* SPDX-License-Identifier: BSD-2-Clause */
#include "print.h"
#include "ready.h"

#define READY_ROUNDS_MAX 9000
#define READY_WAIT_MS 20
#define READY_SAY_NS 1000000000u
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

static uint64_t ready_now(void)
{
	return sb_platform.loop ? sb_platform.loop->now() : 0;
}

/*
 * Says what there is and who may bring more, if the last time was a second ago.
 * Returns when that was. A clock that runs backward never gets there.
 */
static uint64_t ready_say(const struct seedbed *s, uint64_t last)
{
	struct seedbed_report report;
	uint64_t now = ready_now();

	if (now < last || now - last < READY_SAY_NS)
		return now < last ? now : last;
	print_text("waiting for entropy: ");
	print_number(seedbed_status(s).bits);
	print_text(" of ");
	print_number(SEEDBED_FIRST_BITS);
	print_text(" bits");
	for (size_t i = 0; seedbed_inspect(s, i, &report) == SB_OK; i++) {
		if (!report.credit || report.state < SEEDBED_STOPPED ||
		    report.state == SEEDBED_USED_UP)
			continue;
		print_text(", ");
		print_text(report.name);
		print_text(" ");
		print_number(report.bytes);
		print_text(report.state == SEEDBED_STARTUP ? " start-up bytes" : " bytes");
	}
	print_text("\n");
	return now;
}

int ready_rounds(struct seedbed *s)
{
	uint32_t bits = seedbed_status(s).bits;
	uint64_t said = ready_now();
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
		said = ready_say(s, said);
		result = seedbed_gather(s);
	}
	return result;
}
