/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prints all that decides the first 64 bytes of an instance on this machine,
 * and these bytes. tests/host/model.py predicts them (qemu/scenarios/order.py).
 *
 *	stream NAME
 *	source I NAME width=N flags=N credit=N state=N
 *	epoch HEX             before the start; zeros: there is none
 *	now HEX               a reading of the counter, the high digits first
 *	read I HEX            an answer of source I, or the result that it gave
 *	first HEX
 *
 * Known bytes: restart the machine before it makes keys.
 */
#include "print.h"
#include "ready.h"
#include "stress.h"

#define DRAWS_ROUNDS 1000

static struct draws_source {
	struct sb_driver driver; /* the board's, and this file between it and the core */
	const struct sb_source *real;
} draws[SEEDBED_SOURCES_MAX];
static struct sb_source draws_table[SEEDBED_SOURCES_MAX];
static struct sb_hal draws_hal;
static struct seedbed draws_bed;

static void draws_hex(const uint8_t *bytes, size_t len)
{
	print_text(" ");
	print_hex(bytes, len);
	print_text("\n");
}

static void draws_pair(const char *name, uint64_t n)
{
	print_text(name);
	print_number(n);
}

static uint64_t draws_cycles(void)
{
	uint64_t now = sb_platform.cycles();
	uint8_t bytes[8];

	for (unsigned i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(now >> (56 - 8 * i));
	print_text("now");
	draws_hex(bytes, sizeof bytes);
	return now;
}

static int draws_probe(void *ctx)
{
	const struct draws_source *source = ctx;

	return source->real->driver->probe(source->real->ctx);
}

static int draws_read(void *ctx, uint8_t *buf, size_t len)
{
	const struct draws_source *source = ctx;
	int n = source->real->driver->read(source->real->ctx, buf, len);

	draws_pair("read ", (uint64_t)(source - draws));
	if (n > 0) {
		draws_hex(buf, (size_t)n);
	} else {
		draws_pair(" -", (uint64_t)-n);
		print_text("\n");
	}
	return n;
}

static void draws_stop(void *ctx)
{
	const struct draws_source *source = ctx;

	source->real->driver->stop(source->real->ctx);
}

static void draws_between(size_t i, const struct sb_source *real)
{
	draws[i].driver = *real->driver;
	draws[i].driver.probe = draws_probe;
	draws[i].driver.read = draws_read;
	draws[i].driver.stop = draws_stop;
	draws[i].driver.restart = NULL;
	draws[i].driver.held = NULL;
	draws[i].real = real;
	draws_table[i] = (struct sb_source){ &draws[i].driver, &draws[i], real->credit };
}

static void draws_say_source(size_t i)
{
	struct seedbed_report report;

	if (seedbed_inspect(&draws_bed, i, &report) != SB_OK)
		return;
	draws_pair("source ", i);
	print_text(" ");
	print_text(report.name);
	draws_pair(" width=", draws[i].driver.width);
	draws_pair(" flags=", report.flags);
	draws_pair(" credit=", report.credit);
	draws_pair(" state=", report.state);
	print_text("\n");
}

static void draws_say_epoch(void)
{
	uint8_t id[16] = { 0 };

	if (sb_platform.epoch && sb_platform.epoch(id) != SB_OK)
		for (size_t i = 0; i < sizeof id; i++)
			id[i] = 0;
	print_text("epoch");
	draws_hex(id, sizeof id);
}

/* Without a loop: it would gather when it likes. */
static int draws_start(void)
{
	draws_hal = sb_platform;
	draws_hal.cycles = draws_cycles;
	draws_hal.loop = NULL;
	draws_hal.sources = draws_table;
	for (size_t i = 0; i < draws_hal.source_count; i++)
		draws_between(i, &sb_platform.sources[i]);
	draws_say_epoch();
	return seedbed_init(&draws_bed, &draws_hal);
}

static int draws_gather(void)
{
	int result = SB_EAGAIN;

	for (int round = 0; round < DRAWS_ROUNDS && result == SB_EAGAIN; round++) {
		result = seedbed_gather(&draws_bed);
		if (result == SB_EAGAIN)
			ready_wait(1);
	}
	return result;
}

int main(void)
{
	uint8_t out[64];
	int result = draws_start();

	print_text("stream ");
	print_text(seedbed_stream(&draws_bed));
	print_text("\n");
	for (size_t i = 0; i < draws_hal.source_count; i++)
		draws_say_source(i);
	if (result == SB_OK)
		result = draws_gather();
	if (result == SB_OK)
		result = seedbed_read(&draws_bed, out, sizeof out);
	if (result != SB_OK)
		return 1;
	print_text("first");
	draws_hex(out, sizeof out);
	return 0;
}
