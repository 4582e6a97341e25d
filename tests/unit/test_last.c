/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last resort (SB_LAST): when it is started and when it is not, what a
 * platform that distrusts timing takes from it, and why it may have no noise.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "fake.h"

#define FAKE_LAST (SB_NOISE | SB_LOCAL | SB_TIMING | SB_LAST), 512
#define EACH 512u /* 1/256 bit a byte, as above */
/* 1024 bytes of start-up, 48 a round, are 2 bits each. */
#define STARTUP_ROUNDS 22

static struct fake_source *other, *last;

/* The machine: one other source in the table, and a last resort behind it. */
static void machine(unsigned flags, uint16_t credit)
{
	other = fake_add(flags, credit);
	last = fake_add(FAKE_LAST);
}

static void begin(void)
{
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
}

static void rounds(int n, int result)
{
	while (n--)
		assert_int_equal(seedbed_gather(&bed), result);
}

static void last_in_reserve(void)
{
	struct seedbed_report r = fake_report(&bed, 1);

	assert_int_equal(last->probes, 0);
	assert_int_equal(last->reads, 0);
	assert_int_equal(r.state, SEEDBED_STOPPED);
	assert_int_equal(r.reason, SEEDBED_IN_RESERVE);
}

static void others_suffice(void **state)
{
	(void)state;
	machine(FAKE_RDSEED);
	begin();
	rounds(1, SB_OK);
	assert_int_equal(bed.state, SEEDBED_READY);
	last_in_reserve();
	/* The turns of a ready instance do not start it either. */
	rounds(20, SB_OK);
	last_in_reserve();
}

/* 48 rounds with 8 bits each: slow, and nothing is missing. */
static void progress_is_waited_for(void **state)
{
	(void)state;
	machine(FAKE_RDRAND);
	assert_true(fake_ready(&bed) > 8);
	last_in_reserve();
}

/* Nothing else is on the machine: it is asked in the first round already. */
static void alone_in_the_first_round(void **state)
{
	(void)state;
	machine(FAKE_RDSEED);
	other->probe = SB_ENODEV;
	begin();
	last_in_reserve();
	rounds(1, SB_EAGAIN);
	assert_int_equal(last->probes, 1);
	assert_int_equal(last->reads, 1);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NEEDS_BITS);
	rounds(STARTUP_ROUNDS - 2, SB_EAGAIN);
	rounds(1, SB_OK);
	assert_int_equal(fake_report(&bed, 1).bits, STARTUP_ROUNDS * 48 * EACH / 256);
	assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_NONE);
	assert_int_equal(last->probes, 1);
}

/* A silent device is asked in 8 rounds before. */
static void unheard_is_waited_for(void **state)
{
	(void)state;
	machine(FAKE_VIRTIO);
	fake_script(other, FAKE_RESULT, SB_EAGAIN);
	begin();
	rounds(SB_ROUNDS_HEARD - 1, SB_EAGAIN);
	last_in_reserve();
	rounds(1, SB_EAGAIN);
	assert_int_equal(last->reads, 1);
}

/* It goes on, whatever the others do, once it was started. */
static void started_is_asked_in_each_round(void **state)
{
	(void)state;
	machine(FAKE_RDRAND);
	fake_script(other, FAKE_RESULT, SB_EAGAIN);
	other->until = 8 * 11; /* rounds of a fast source */
	begin();
	rounds(8, SB_EAGAIN);
	assert_int_equal(last->reads, 1);
	rounds(5, SB_EAGAIN);
	assert_int_equal(last->reads, 6);
	assert_true(fake_report(&bed, 0).bits);
}

/*
 * There are 384 bits since the first round, no more. In the eighth a silent
 * source counts as heard, and nothing makes progress.
 */
static void enough_is_enough(void **state)
{
	(void)state;
	machine(SB_SEED, 2048);
	fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
	fake_script(other, FAKE_ONCE, 48);
	begin();
	rounds(SB_ROUNDS_HEARD - 1, SB_EAGAIN);
	last_in_reserve();
	rounds(1, SB_OK);
	last_in_reserve();
}

static void a_seed_of_too_few_bytes(void **state)
{
	(void)state;
	machine(SB_SEED, 2048);
	fake_script(other, FAKE_ONCE, 32);
	begin();
	rounds(2, SB_EAGAIN);
	assert_int_equal(last->reads, 1);
	rounds(STARTUP_ROUNDS - 2, SB_EAGAIN);
	rounds(1, SB_OK); /* its start-up earns 2112 bits at once */
}

/* What cannot be credited is mixed, and does not stand in the way. */
static void distrusted_others(void **state)
{
	(void)state;
	fake.distrust = SB_HOST;
	machine(FAKE_VIRTIO);
	assert_int_equal(fake_ready(&bed), STARTUP_ROUNDS);
	assert_int_equal(fake_report(&bed, 0).bits, 0);
	assert_true(fake_report(&bed, 1).bits >= 384);
}

/* Refused for good is said in the round that tried it, not before. */
static void refused_once_it_was_tried(void **state)
{
	(void)state;
	machine(FAKE_RDSEED);
	other->probe = SB_ENODEV;
	last->probe = SB_EUNCACHED;
	begin();
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NEEDS_BITS);
	rounds(1, SB_EIO);
	assert_int_equal(last->probes, 1);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NO_SOURCE);
	rounds(3, SB_EIO);
	assert_int_equal(last->probes, 1);
}

/* Without credit it is mixed, so that the receipt says what it is worth. */
static void without_credit_it_is_tried_too(void **state)
{
	(void)state;
	machine(FAKE_RDSEED);
	fake.table[1].credit = 0;
	other->probe = SB_ENODEV;
	begin();
	rounds(1, SB_EIO);
	assert_int_equal(last->reads, 1);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NO_SOURCE);
}

/*
 * Nothing may be counted, and one device is silent. A program stops at the
 * first SB_EIO, so that round tries it: else the receipt said that it is not
 * needed.
 */
static void a_refusal_was_preceded_by_a_try(void **state)
{
	(void)state;
	fake.distrust = SB_HOST | SB_TIMING;
	machine(FAKE_VIRTIO);
	fake_script(other, FAKE_RESULT, SB_EAGAIN);
	begin();
	rounds(1, SB_EIO);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NO_SOURCE);
	assert_int_equal(last->reads, 1);
	assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_DISTRUSTED);
}

/* The other one made progress in the round in which it was retired. */
static void a_retired_source_leaves_nothing(void **state)
{
	(void)state;
	fake.distrust = SB_TIMING;
	machine(FAKE_RDSEED);
	fake_script(other, FAKE_REPLAY, 0);
	begin();
	rounds(2, SB_EAGAIN);
	last_in_reserve();
	rounds(1, SB_EIO);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_RETIRED);
	assert_int_equal(last->reads, 1);
}

/* A clone puts it back, and whether it raised an alarm before is no loss. */
static void a_clone_puts_it_back(void **state)
{
	(void)state;
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	machine(FAKE_RDSEED);
	other->probe = SB_ENODEV;
	assert_int_equal(fake_ready(&bed), STARTUP_ROUNDS);
	fake_script(last, FAKE_RESULT, SB_EIO);
	rounds(2, SB_OK);
	assert_int_equal(bed.state, SEEDBED_DEGRADED);
	other->probe = SB_OK;
	last->probes = last->reads = 0;
	fake.id[0] = 2;
	rounds(1, SB_OK);
	last_in_reserve();
	assert_int_equal(bed.state, SEEDBED_READY);
	other->probe = SB_ENODEV;
	fake_script(last, FAKE_HONEST, 0);
	fake.id[0] = 3;
	rounds(1, SB_EAGAIN);
	assert_int_equal(last->probes, 1);
}

/* A source that lost the instance's trust comes back without a clone. */
static void an_alarm_is_no_reserve(void **state)
{
	(void)state;
	machine(FAKE_RDSEED);
	other->probe = SB_ENODEV;
	assert_int_equal(fake_ready(&bed), STARTUP_ROUNDS);
	fake_script(last, FAKE_RESULT, SB_EIO);
	last->until = last->from + 1;
	rounds(2, SB_OK);
	assert_int_equal(bed.state, SEEDBED_DEGRADED);
	rounds(2 * STARTUP_ROUNDS, SB_OK);
	assert_int_equal(bed.state, SEEDBED_READY);
}

/* Reads alone start no last resort: it is not fast. */
static void not_by_a_read(void **state)
{
	uint8_t out[8];

	(void)state;
	machine(FAKE_RDSEED);
	assert_int_equal(fake_ready(&bed), 1);
	other->probe = SB_ENODEV;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EAGAIN);
	last_in_reserve();
	rounds(1, SB_EAGAIN);
	assert_int_equal(last->reads, 1);
}

/* One of another CPU is no reserve of a child, one of its own is. */
static void of_a_child(void **state)
{
	(void)state;
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	machine(FAKE_RDSEED);
	fake_add((SB_NOISE | SB_LAST), 512);
	assert_int_equal(fake_ready(&bed), 1);
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_OK);
	assert_int_equal(fake_report(&twin, 1).reason, SEEDBED_IN_RESERVE);
	assert_int_equal(fake_report(&twin, 2).reason, SEEDBED_NOT_LOCAL);
	other->probe = SB_ENODEV;
	fake.id[0] = 2;
	assert_int_equal(seedbed_gather(&twin), SB_EAGAIN);
	assert_int_equal(last->reads, 1);
	assert_int_equal(fake.source[2].probes, 0);
	assert_int_equal(fake_report(&twin, 2).reason, SEEDBED_NOT_LOCAL);
}

static const struct {
	int result;
	enum seedbed_reason reason;
} why[] = {
	{ SB_ESTANDS, SEEDBED_STANDS },
	{ SB_ECOARSE, SEEDBED_COARSE },
	{ SB_EUNCACHED, SEEDBED_UNCACHED },
	{ SB_EPREDICTABLE, SEEDBED_PREDICTABLE },
};

/* Said by its probe: it is not there, and is asked again by the next start. */
static void no_noise_at_probe(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof why / sizeof *why; i++) {
		fake_reset();
		machine(FAKE_RDSEED);
		other->probe = SB_ENODEV;
		last->probe = why[i].result;
		begin();
		rounds(1, SB_EIO);
		assert_int_equal(fake_report(&bed, 1).state, SEEDBED_ABSENT);
		assert_int_equal(fake_report(&bed, 1).reason, why[i].reason);
		assert_int_equal(fake_report(&bed, 1).alarms, 0);
		assert_int_equal(last->reads, 0);
		last->probe = SB_OK;
		assert_int_equal(seedbed_reseed(&bed), SB_OK);
		rounds(1, SB_EAGAIN);
		assert_int_equal(last->reads, 1);
	}
}

/* Said by a read: an alarm that says more than a fault. */
static void no_noise_at_a_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof why / sizeof *why; i++) {
		fake_reset();
		machine(FAKE_RDSEED);
		other->probe = SB_ENODEV;
		fake_script(last, FAKE_RESULT, why[i].result);
		begin();
		rounds(2, SB_EAGAIN);
		assert_int_equal(fake_report(&bed, 1).alarms, 2);
		rounds(1, SB_EIO);
		assert_int_equal(fake_report(&bed, 1).state, SEEDBED_RETIRED);
		assert_int_equal(fake_report(&bed, 1).reason, why[i].reason);
	}
}

/* Results that are none are a fault, at a probe and at a read. */
static void other_results_are_faults(void **state)
{
	static const int result[] = { SB_EINVAL, SB_EIO, SB_EAGAIN, SB_EPREDICTABLE - 1, 1 };

	(void)state;
	for (size_t i = 0; i < sizeof result / sizeof *result; i++) {
		fake_reset();
		machine(FAKE_RDSEED);
		last->probe = result[i];
		other->probe = SB_ENODEV;
		begin();
		rounds(1, SB_EAGAIN);
		assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_FAULT);
		assert_int_equal(fake_report(&bed, 1).alarms, 1);
	}
	fake_reset();
	machine(FAKE_RDSEED);
	other->probe = SB_ENODEV;
	fake_script(last, FAKE_RESULT, SB_EPREDICTABLE - 1);
	begin();
	rounds(1, SB_EAGAIN);
	assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_FAULT);
	fake_script(last, FAKE_RESULT, SB_EUNFIT);
	rounds(1, SB_EAGAIN);
	assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_FAULT);
}

static void distrust_takes_all(void **state)
{
	(void)state;
	fake.distrust = SB_TIMING;
	machine(FAKE_RDSEED);
	other->probe = SB_ENODEV;
	begin();
	rounds(STARTUP_ROUNDS, SB_EIO);
	assert_int_equal(fake_report(&bed, 1).credit, 0);
	assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_DISTRUSTED);
	assert_int_equal(fake_report(&bed, 1).bytes, STARTUP_ROUNDS * 48);
}

/* Half of an odd number is rounded down. Sources of other kinds keep theirs. */
static void unrecorded_takes_half(void **state)
{
	(void)state;
	fake.distrust = SB_UNRECORDED;
	machine(FAKE_VIRTIO);
	fake.table[1].credit = 85;
	fake_script(other, FAKE_RESULT, SB_EAGAIN);
	begin();
	rounds(SB_ROUNDS_HEARD + STARTUP_ROUNDS, SB_EAGAIN);
	assert_int_equal(fake_report(&bed, 0).credit, 2048);
	assert_int_equal(fake_report(&bed, 1).credit, 42);
	assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_UNRECORDED);
	assert_int_equal(fake_report(&bed, 1).bits, (STARTUP_ROUNDS + 1) * 48 * 42 / 256);
	/* 384 bits at 42/256 are 2341 bytes, which 49 rounds of 48 bring. */
	rounds(49 - STARTUP_ROUNDS - 2, SB_EAGAIN);
	rounds(1, SB_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_NEW(others_suffice),
		ON_NEW(progress_is_waited_for),
		ON_NEW(alone_in_the_first_round),
		ON_NEW(unheard_is_waited_for),
		ON_NEW(started_is_asked_in_each_round),
		ON_NEW(enough_is_enough),
		ON_NEW(a_seed_of_too_few_bytes),
		ON_NEW(distrusted_others),
		ON_NEW(refused_once_it_was_tried),
		ON_NEW(without_credit_it_is_tried_too),
		ON_NEW(a_refusal_was_preceded_by_a_try),
		ON_NEW(a_retired_source_leaves_nothing),
		ON_NEW(a_clone_puts_it_back),
		ON_NEW(an_alarm_is_no_reserve),
		ON_NEW(not_by_a_read),
		ON_NEW(of_a_child),
		ON_NEW(no_noise_at_probe),
		ON_NEW(no_noise_at_a_read),
		ON_NEW(other_results_are_faults),
		ON_NEW(distrust_takes_all),
		ON_NEW(unrecorded_takes_half),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
