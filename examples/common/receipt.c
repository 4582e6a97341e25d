/* SPDX-License-Identifier: BSD-2-Clause */
#include "receipt.h"
#include "board.h"
#include "print.h"

/*
 * The counter is read 64 times. In that time even a SysTick at full speed does
 * not wrap.
 */
#define RECEIPT_COST_SHIFT 6

static void receipt_pair(const char *key, const char *value, size_t width)
{
	print_pad(print_text(key) + print_text(value), width);
}

static void receipt_count(const char *key, uint32_t n, size_t width)
{
	print_pad(print_text(key) + print_number(n), width);
}

static void receipt_why(const char *why)
{
	print_text(" why=\"");
	print_text(why);
	print_text("\"");
}

static void receipt_reason(unsigned reason)
{
	if (reason != SEEDBED_NONE)
		receipt_why(seedbed_reason_text(reason));
}

static void receipt_flags(unsigned flags)
{
	static const char *const name[] = {
		"noise", "conditioned", "seed",   "host", "test",
		"local", "fast",        "timing", "last", "unrecorded"
	};
	const char *before = "flags=";

	_Static_assert(1u << (sizeof name / sizeof *name - 1) == SB_FLAGS_END - 1,
		       "a name for each flag");
	for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
		if (!(flags >> i & 1))
			continue;
		print_text(before);
		print_text(name[i]);
		before = ",";
	}
}

/*
 * A source that gave bits may still be refused: an alarm took the bits back, or
 * the board distrusts it.
 */
static const char *receipt_standing(const struct seedbed_report *r)
{
	if (r->state == SEEDBED_ABSENT)
		return r->reason == SEEDBED_UNSEEN                                 ? "unseen"
		       : r->reason == SEEDBED_UNFIT || r->reason >= SEEDBED_STANDS ? "unfit"
										   : "absent";
	if (r->reason == SEEDBED_IN_RESERVE)
		return "reserve";
	if (r->state == SEEDBED_RETIRED || r->reason == SEEDBED_DISTRUSTED ||
	    (r->alarms && r->bits == 0))
		return "refused";
	return r->bits ? "credited" : "found";
}

static void receipt_source(const struct seedbed_report *r)
{
	/* In the order of enum seedbed_source_state. */
	static const char *const state[] = { "absent",  "retired", "stopped",
					     "startup", "live",    "used-up" };
	const char *standing = receipt_standing(r);

	_Static_assert(sizeof state / sizeof *state == SEEDBED_SOURCE_STATES,
		       "a name for each state");
	receipt_pair("source ", r->name, 24);
	receipt_pair(standing, "", 10);
	/* One state: what is unfit is there, what is unseen may be. */
	receipt_pair("state=", r->state == SEEDBED_ABSENT ? standing : state[r->state], 15);
	print_text("credit=");
	print_fraction(r->credit);
	receipt_count(" bits=", r->bits, 13);
	receipt_count("bytes=", r->bytes, 15);
	receipt_count("alarms=", r->alarms, 0);
	receipt_flags(r->flags);
	receipt_reason(r->reason);
	if (r->reason == SEEDBED_NONE && r->state >= SEEDBED_STARTUP && !r->credit)
		receipt_why("mixed, never counted");
	else if (r->reason == SEEDBED_NONE && r->state == SEEDBED_STARTUP)
		receipt_why("its start-up test is not over");
	print_text("\n");
}

/* The flags that keep a source from counting on this machine. */
static void receipt_distrust(void)
{
	unsigned flags = sb_platform.distrust ? sb_platform.distrust() : 0;

	if (!flags)
		return;
	print_text("distrust ");
	receipt_flags(flags);
	print_text("\n");
}

static void receipt_counter(void)
{
	const struct sb_hal *hal = &sb_platform;
	uint32_t first, ticks = 0;

	(void)hal->cycles(); /* the first one after a boot takes longer */
	first = (uint32_t)hal->cycles();
	for (unsigned i = 0; i < 1u << RECEIPT_COST_SHIFT; i++)
		ticks = (uint32_t)hal->cycles() - first;
	if (hal->cycle_bits < 32)
		ticks &= (1u << hal->cycle_bits) - 1;
	receipt_count("counter bits=", hal->cycle_bits, 0);
	receipt_count("hz=", hal->cycles_hz, 0);
	print_text("cost=");
	print_number(ticks >> RECEIPT_COST_SHIFT);
	print_text("\n");
}

static void receipt_state(const struct seedbed_status *status)
{
	static const char *const state[] = { "empty", "gathering", "ready", "degraded", "failed" };

	_Static_assert(sizeof state / sizeof *state == SEEDBED_STATES, "a name for each state");
	print_text("reads ");
	print_number(status->reads);
	print_text("\nstate ");
	receipt_pair(state[status->state], "", 0);
	receipt_count("bits=", status->bits, 0);
	print_text("generation=");
	print_number(status->generation);
	receipt_reason(status->reason);
	if (status->epoch) {
		print_text("\nclones noticed\n");
		return;
	}
	print_text("\nclones unnoticed why=\"");
	print_text(status->epoch_reason == SEEDBED_NOT_UNDERSTOOD
			   ? seedbed_reason_text(SEEDBED_NOT_UNDERSTOOD)
			   : "this machine has no epoch");
	print_text(": call seedbed_reseed after a restore\"\n");
}

static void receipt_board(void)
{
	print_text("seedbed-receipt 1\nboard ");
	print_text(board_name);
	print_text(board_facts ? "\nfacts " : "");
	print_text(board_facts ? board_facts : "");
}

/* Without an instance there is none. */
static void receipt_stream(const struct seedbed *s)
{
	const char *name = seedbed_stream(s);

	if (!*name)
		return;
	print_text("stream ");
	print_text(name);
	print_text("\n");
}

/* Of a program that has a buffer (core/seedbed_buffer.h). */
static void receipt_buffer(const struct seedbed_status *status)
{
	print_text("buffer");
	receipt_why(status->epoch ? "not for keys or nonces"
				  : "not for keys or nonces: two clones repeat up to one buffer");
	print_text("\n");
}

static int receipt_lines(const struct seedbed *s, int started, int buffered)
{
	struct seedbed_status status = seedbed_status(s);
	struct seedbed_report report;
	int serves = status.state == SEEDBED_READY || status.state == SEEDBED_DEGRADED;

	receipt_board();
	print_text(started == SB_EIO ? "\nselftest failed\n" : "\nselftest passed\n");
	receipt_stream(s);
	for (size_t i = 0; seedbed_inspect(s, i, &report) == SB_OK; i++)
		receipt_source(&report);
	receipt_distrust();
	receipt_counter();
	receipt_state(&status);
	if (buffered)
		receipt_buffer(&status);
	print_text("verdict ");
	print_text(!serves ? "refused" : status.state == SEEDBED_READY ? "ready" : "degraded");
	print_text("\nend-receipt\n");
	return serves ? SB_OK : SB_EIO;
}

int receipt_print(const struct seedbed *s, int started)
{
	return receipt_lines(s, started, 0);
}

int receipt_print_buffered(const struct seedbed *s, int started)
{
	return receipt_lines(s, started, 1);
}
