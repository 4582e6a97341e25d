/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prints raw noise: what each driver of this machine hands over, before any
 * test, hash or credit. Each answer is a line "raw NAME HEX". Each source ends
 * with "record NAME bytes=N tries=N result=WHY". Recorded bytes are known:
 * restart the machine before it makes keys.
 *
 * Status: 0. Nothing is judged here.
 */
#include "print.h"
#include "ready.h"

#define RECORD_BYTES 256
#define RECORD_TRIES 4096 /* some TRNGs need thousands of polls for a byte */
/* Waits of 20 ms: two seconds for a device that answers late or never. */
#define RECORD_PENDING 100

static const char *record_result(int result)
{
	return result >= SB_OK        ? "ok"
	       : result == SB_EAGAIN  ? "pending"
	       : result == SB_ENODEV  ? "absent"
	       : result == SB_EUNFIT  ? "unfit"
	       : result == SB_EUNSEEN ? "unseen"
				      : "fault";
}

static void record_line(const char *name, const uint8_t *bytes, size_t len)
{
	print_text("raw ");
	print_text(name);
	print_text(" ");
	print_hex(bytes, len);
	print_text("\n");
}

static void record_summary(const char *name, size_t bytes, unsigned tries, int result)
{
	print_text("record ");
	print_text(name);
	print_text(" bytes=");
	print_number(bytes);
	print_text(" tries=");
	print_number(tries);
	print_text(" result=");
	print_text(record_result(result));
	print_text("\n");
}

static void record_source(const struct sb_source *source)
{
	const struct sb_driver *driver = source->driver;
	unsigned tries = 0, pending = 0;
	size_t bytes = 0;
	int result = driver->probe(source->ctx);

	while (result >= SB_OK && bytes < RECORD_BYTES && tries < RECORD_TRIES) {
		uint8_t answer[32];

		tries++;
		result = driver->read(source->ctx, answer, sizeof answer);
		if (result > 0) {
			record_line(driver->name, answer, (size_t)result);
			bytes += (size_t)result;
		} else if (result == SB_EAGAIN && pending++ < RECORD_PENDING) {
			ready_wait(20);
			result = SB_OK;
		}
	}
	driver->stop(source->ctx);
	record_summary(driver->name, bytes, tries, result);
}

int main(void)
{
	for (size_t i = 0; i < sb_platform.source_count; i++)
		record_source(&sb_platform.sources[i]);
	return 0;
}
