/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A dependent with an accumulator of its own (fortuna.h). The first line says
 * how many bytes its consumer took: in 64 rounds after it was added, in 64
 * after it was removed, and in 64 after it was added again:
 *
 *	taken added=N removed=N again=N
 *
 * Then come draws for qemu/harness/clone.py. The lines are those of
 * tests/guests/clone.c, but the sample is the accumulator's. Before every
 * fourth draw the consumer is removed and added again. Each sample is printed,
 * so it must not be used.
 *
 * Status: 0 done; 1 refused ("verdict refused"); 2 a consumer was not fed as it
 * should be.
 */
#include "fortuna.h"
#include "print.h"
#include "receipt.h"
#include "ready.h"

#define ACCUMULATOR_DRAWS 200
#define ACCUMULATOR_WAIT_MS 50
#define ACCUMULATOR_ROUND_MS 1
#define ACCUMULATOR_ROUNDS 64
/* RDRAND alone: 512 draws of 32 bytes, one in six rounds */
#define ACCUMULATOR_TRIES 8192

static struct seedbed accumulator_seedbed;
static struct fortuna accumulator_own;

static uint32_t accumulator_count(const char *when)
{
	uint32_t before = accumulator_own.taken;

	for (unsigned round = 0; round < ACCUMULATOR_ROUNDS; round++) {
		(void)!seedbed_gather(&accumulator_seedbed);
		ready_wait(ACCUMULATOR_ROUND_MS); /* a device answers later */
	}
	print_text(when);
	print_number(accumulator_own.taken - before);
	return accumulator_own.taken - before;
}

static int accumulator_again(void)
{
	int result = fortuna_detach(&accumulator_own, &accumulator_seedbed);

	return result == SB_OK ? fortuna_attach(&accumulator_own, &accumulator_seedbed) : result;
}

/* The accumulator must be fed while its consumer is added, and only then. */
static int accumulator_consumers(void)
{
	uint32_t added, removed, again;

	if (fortuna_attach(&accumulator_own, &accumulator_seedbed) != SB_OK)
		return SB_EIO;
	added = accumulator_count("taken added=");
	if (fortuna_detach(&accumulator_own, &accumulator_seedbed) != SB_OK)
		return SB_EIO;
	removed = accumulator_count(" removed=");
	if (fortuna_attach(&accumulator_own, &accumulator_seedbed) != SB_OK)
		return SB_EIO;
	again = accumulator_count(" again=");
	print_text("\n");
	return added && !removed && again ? SB_OK : SB_EIO;
}

static void accumulator_draw(unsigned n)
{
	uint8_t sample[16] = { 0 };
	int result = SB_EAGAIN;

	for (unsigned i = 0; i < ACCUMULATOR_TRIES && result == SB_EAGAIN; i++)
		result =
			fortuna_read(&accumulator_own, &accumulator_seedbed, sample, sizeof sample);
	print_text("draw ");
	print_number(n);
	print_text(result == SB_OK       ? " result=ok"
		   : result == SB_EAGAIN ? " result=again"
					 : " result=refused");
	print_text(" generation=");
	print_number(accumulator_own.generation);
	print_text(" sample=");
	print_hex(sample, sizeof sample);
	print_text("\n");
}

int main(void)
{
	int started = ready_start(&accumulator_seedbed),
	    result = ready_rounds(&accumulator_seedbed);

	if (receipt_print(&accumulator_seedbed, started) != SB_OK || result != SB_OK)
		return 1;
	if (accumulator_consumers() != SB_OK)
		return 2;
	for (unsigned n = 1; n <= ACCUMULATOR_DRAWS; n++) {
		if (n % 4 == 0 && accumulator_again() != SB_OK)
			return 2;
		accumulator_draw(n);
		ready_wait(ACCUMULATOR_WAIT_MS);
	}
	return 0;
}
