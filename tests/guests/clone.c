/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For qemu/harness/clone.py, which takes a snapshot while this runs and starts
 * two machines from it. Prints a line for each draw:
 *
 *	draw N result=ok generation=G sample=HEX buffered=HEX
 *	heard NAME BYTES alarms A
 *
 * with the second line for each source: its healthy bytes and its alarms so
 * far. buffered is what a buffer gave, before the sample or after it by turns.
 * Each sample is printed, so the bytes must not be used (see smoke.c). Status:
 * 0 done; 1 refused ("verdict refused").
 */
#include "print.h"
#include "receipt.h"
#include "ready.h"
#include "seedbed_buffer.h"

/* More than a host that is busy lets pass before it takes the snapshot. */
#define CLONE_DRAWS 5000
#define CLONE_WAIT_MS 50

static struct seedbed clone_seedbed;
static struct seedbed_buffer clone_buffer;

static void clone_heard(void)
{
	struct seedbed_report report;

	for (size_t i = 0; seedbed_inspect(&clone_seedbed, i, &report) == SB_OK; i++) {
		print_text("heard ");
		print_text(report.name);
		print_text(" ");
		print_number(report.bytes);
		print_text(" alarms ");
		print_number(report.alarms);
		print_text("\n");
	}
}

static int clone_buffered(uint8_t out[16])
{
	return seedbed_buffer_read(&clone_buffer, &clone_seedbed, out, 16);
}

static void clone_draw(unsigned n)
{
	uint8_t sample[16], buffered[16];
	int before = n % 2, held = before ? clone_buffered(buffered) : SB_OK;
	int result = seedbed_read(&clone_seedbed, sample, sizeof sample);

	if (!before)
		held = clone_buffered(buffered);
	print_text("draw ");
	print_number(n);
	print_text(result == SB_OK       ? " result=ok"
		   : result == SB_EAGAIN ? " result=again"
					 : " result=refused");
	print_text(" generation=");
	print_number(seedbed_status(&clone_seedbed).generation);
	print_text(" sample=");
	print_hex(sample, sizeof sample);
	if (held == SB_OK) {
		print_text(" buffered=");
		print_hex(buffered, sizeof buffered);
	}
	print_text("\n");
	if (result != SB_OK && ready_rounds(&clone_seedbed) != SB_OK)
		print_text("not seeded again\n");
	clone_heard();
}

int main(void)
{
	int started = ready_start(&clone_seedbed), result = ready_rounds(&clone_seedbed);

	if (receipt_print_buffered(&clone_seedbed, started) != SB_OK || result != SB_OK)
		return 1;
	for (unsigned n = 1; n <= CLONE_DRAWS; n++) {
		clone_draw(n);
		ready_wait(CLONE_WAIT_MS);
	}
	return 0;
}
