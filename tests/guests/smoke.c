/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The test that runs on every board, in 2 KiB of RAM and without a
 * cryptographic library.
 *
 * It prints the receipt, and "ok NAME" or "FAILED NAME" for each check. "sample
 * HEX" has the first 32 bytes of output, so that tests can compare two boots or
 * two clones. A program that uses its bytes must not print them. The last line
 * is "N passed, N failed".
 *
 * Status: 0 all passed; 1 the machine has no source that counts and was refused
 * ("verdict refused"); 2 a check failed.
 */
#include <string.h>
#include "checks.h"
#include "print.h"
#include "receipt.h"
#include "ready.h"

static struct seedbed smoke_seedbed;
static uint8_t smoke_bytes[1000];

/* Fills the buffer with bytes that are not zero before each read. */
static int smoke_read(size_t len)
{
	memset(smoke_bytes, 0xa5, sizeof smoke_bytes);
	return seedbed_read(&smoke_seedbed, smoke_bytes, len);
}

static int smoke_all(uint8_t value, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (smoke_bytes[i] != value)
			return 0;
	return 1;
}

static int smoke_refuses(int result)
{
	return smoke_read(32) == result && smoke_all(0, 0, 32) &&
	       smoke_all(0xa5, 32, sizeof smoke_bytes);
}

static int smoke_blocks_differ(void)
{
	for (size_t i = 0; i + 32 <= sizeof smoke_bytes; i += 32)
		for (size_t j = i + 32; j + 32 <= sizeof smoke_bytes; j += 32)
			if (memcmp(smoke_bytes + i, smoke_bytes + j, 32) == 0)
				return 0;
	return 1;
}

static void smoke_serving(void)
{
	uint8_t first[32];

	checks_say("reads 32 bytes", smoke_read(32) == SB_OK && !smoke_all(0xa5, 0, 32) &&
					     smoke_all(0xa5, 32, sizeof smoke_bytes));
	memcpy(first, smoke_bytes, sizeof first);
	print_text("sample ");
	print_hex(first, sizeof first);
	print_text("\n");
	checks_say("a second read differs",
		   smoke_read(32) == SB_OK && memcmp(first, smoke_bytes, sizeof first) != 0);
	checks_say("reads no byte",
		   smoke_read(0) == SB_OK && smoke_all(0xa5, 0, sizeof smoke_bytes));
	checks_say("reads one byte",
		   smoke_read(1) == SB_OK && smoke_all(0xa5, 1, sizeof smoke_bytes));
	checks_say("reads 1000 bytes, no block twice",
		   smoke_read(1000) == SB_OK && smoke_blocks_differ());
	checks_say("stirs", seedbed_stir(&smoke_seedbed, first, sizeof first) == SB_OK);
}

/* As the compiler places a function start. That is no start of the image. */
__attribute__((section(".text.start"), noinline)) static void smoke_mistakes(void)
{
	checks_say("NULL is a mistake", seedbed_read(&smoke_seedbed, NULL, 1) == SB_EINVAL &&
						seedbed_read(NULL, smoke_bytes, 1) == SB_EINVAL);
	checks_say("so is its own memory",
		   seedbed_read(&smoke_seedbed, &smoke_seedbed, 4) == SB_EINVAL);
}

int main(void)
{
	int started, result, served;

	checks_say("refuses before init", smoke_refuses(SB_EIO));
	started = ready_start(&smoke_seedbed);
	checks_say("self-test and init", started == SB_OK);
	checks_say("refuses until seeded", smoke_refuses(SB_EAGAIN));
	result = ready_rounds(&smoke_seedbed);
	served = receipt_print(&smoke_seedbed, started) == SB_OK;
	checks_say("the result agrees with the state", (result == SB_OK) == served);
	if (served)
		smoke_serving();
	else
		checks_say("refuses with zeros", smoke_read(32) < 0 && smoke_all(0, 0, 32));
	smoke_mistakes();
	seedbed_wipe(&smoke_seedbed);
	checks_say("refuses when wiped", smoke_refuses(SB_EIO));
	return checks_end() ? 2 : served ? 0 : 1;
}
