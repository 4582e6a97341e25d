/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prints raw noise: what each driver of this machine hands over, before any
 * test, hash or credit. Each answer is a line "raw NAME HEX". Each source ends
 * with "record NAME bytes=N tries=N result=WHY". Recorded bytes are known:
 * restart the machine before it makes keys.
 *
 * The order stands in the image, since no board has a command line that every
 * other has. tools/evidence/record writes another order there: one source, more
 * bytes, and lines of many answers, so that the console does not come between
 * two of them.
 *
 * Status: 0. Nothing is judged here.
 */
#include "board.h"
#include "print.h"
#include "ready.h"

#define RECORD_BLOCK 4096 /* the most bytes of a line */
#define RECORD_CHUNK 48   /* what the core asks for */
/* Some TRNGs need thousands of polls for a byte. */
#define RECORD_TRIES(bytes) (4096 + 16 * (bytes))
/* Waits of 1 ms: two seconds for a device that answers late or never. */
#define RECORD_PENDING 2000

struct record_order {
	char magic[16];
	char source[32];  /* a driver's name; empty: each source */
	uint8_t bytes[4]; /* of each, the lowest first */
	uint8_t block[4]; /* a line has so many, or one answer more */
};

static const volatile struct record_order record_order = {
	.magic = "seedbed-record",
	.bytes = { 0, 1 },
	.block = { 1 },
};

static struct record {
	size_t want, block, bytes, tries, pending;
	int result;
	uint8_t line[RECORD_BLOCK];
} record;

static size_t record_number(const volatile uint8_t bytes[4])
{
	size_t n = 0;

	for (int i = 3; i >= 0; i--)
		n = n << 8 | bytes[i];
	return n;
}

static int record_ordered(const char *name)
{
	const volatile char *source = record_order.source;

	if (!*source)
		return 1;
	while (*name && *name == *source) {
		name++;
		source++;
	}
	return *name == *source;
}

static const char *record_result(int result)
{
	/* In the order of enum sb_result. */
	static const char *const why[] = { "ok",
					   "pending",
					   "absent",
					   "fault",
					   "fault",
					   "unfit",
					   "unseen",
					   "counter-stands",
					   "counter-too-coarse",
					   "no-cache-effect",
					   "predictable" };

	if (result >= SB_OK)
		return why[0];
	return result < SB_EPREDICTABLE ? "fault" : why[-result];
}

static void record_pair(const char *key, uint64_t n)
{
	print_text(key);
	print_number(n);
}

static void record_line(const char *name, size_t len)
{
	print_text("raw ");
	print_text(name);
	print_text(" ");
	print_hex(record.line, len);
	print_text("\n");
	record.bytes += len;
}

static void record_summary(const char *name)
{
	print_text("record ");
	print_text(name);
	record_pair(" bytes=", record.bytes);
	record_pair(" tries=", record.tries);
	print_text(" result=");
	print_text(record_result(record.result));
	print_text("\n");
}

/* The console never comes between two answers of a line. */
static size_t record_fill(const struct sb_source *source, size_t want)
{
	size_t len = 0, enough = record.block < want ? record.block : want;

	while (record.result >= SB_OK && len < enough && record.tries < RECORD_TRIES(record.want)) {
		size_t ask = want - len < RECORD_CHUNK ? want - len : RECORD_CHUNK;

		record.tries++;
		record.result = source->driver->read(source->ctx, record.line + len, ask);
		if (record.result > 0) {
			len += (size_t)record.result;
			record.pending = 0;
		} else if (record.result == SB_EAGAIN && record.pending++ < RECORD_PENDING) {
			ready_wait(1);
			record.result = SB_OK;
		}
	}
	return len;
}

static void record_source(const struct sb_source *source)
{
	const struct sb_driver *driver = source->driver;
	size_t len;

	record.bytes = record.tries = record.pending = 0;
	record.result = driver->probe(source->ctx);
	do {
		size_t left = record.want - record.bytes;

		len = record_fill(source, left < RECORD_BLOCK ? left : RECORD_BLOCK);
		if (len)
			record_line(driver->name, len);
	} while (len && record.bytes < record.want);
	driver->stop(source->ctx);
	record_summary(driver->name);
}

/* What the bytes are said to be worth. */
static void record_driver(const struct sb_source *source)
{
	print_text("driver ");
	print_text(source->driver->name);
	record_pair(" width=", source->driver->width);
	record_pair(" entropy=", source->driver->entropy);
	record_pair(" credit=", source->credit);
	record_pair(" flags=", source->driver->flags);
	print_text("\n");
}

/* The address tells which counter it is, wherever the image lies. */
static void record_counter(void)
{
	record_pair("counter bits=", sb_platform.cycle_bits);
	record_pair(" hz=", sb_platform.cycles_hz);
	record_pair(" behind=", (uintptr_t)sb_platform.cycles - (uintptr_t)board_write);
	print_text("\n");
}

int main(void)
{
	record.want = record_number(record_order.bytes);
	record.block = record_number(record_order.block);
	record_counter();
	for (size_t i = 0; i < sb_platform.source_count; i++)
		if (record_ordered(sb_platform.sources[i].driver->name)) {
			record_driver(&sb_platform.sources[i]);
			record_source(&sb_platform.sources[i]);
		}
	return 0;
}
