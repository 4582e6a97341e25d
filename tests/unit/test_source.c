/* SPDX-License-Identifier: BSD-2-Clause */
/* The states of a source: asked, credited, alarmed, retired. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <limits.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

static struct fake_source *f;

/* An instance with source 0 as given. */
static struct seedbed_slot *begin(unsigned flags, uint16_t credit)
{
	f = fake_add(flags, credit);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	return &bed.slot[0];
}

/* As a call does that goes in by sb_enter and out by sb_leave. */
static void asks_of(size_t i, int n)
{
	assert_int_equal(sb_enter(&bed), SB_OK);
	while (n--)
		sb_source_ask(&bed, i);
	assert_int_equal(sb_leave(&bed, SB_OK), SB_OK);
}

static void asks(int n)
{
	asks_of(0, n);
}

static int draw(uint8_t *buf, size_t len)
{
	assert_int_equal(sb_enter(&bed), SB_OK);
	return sb_leave(&bed, sb_source_draw(&bed, 0, buf, len));
}

static void cloned(void)
{
	assert_int_equal(sb_enter(&bed), SB_OK);
	sb_gather_restart(&bed, SEEDBED_CLONED);
	assert_int_equal(sb_leave(&bed, SB_OK), SB_OK);
}

static void probe_tells(void **state)
{
	static const int result[6] = { SB_OK, SB_ENODEV, SB_EUNFIT, SB_EUNSEEN, SB_EIO, -99 };
	static const uint8_t expected[6] = { SEEDBED_STARTUP, SEEDBED_ABSENT,  SEEDBED_ABSENT,
					     SEEDBED_ABSENT,  SEEDBED_STOPPED, SEEDBED_STOPPED };
	static const uint8_t reason[6] = { SEEDBED_NONE,   SEEDBED_NOT_FOUND, SEEDBED_UNFIT,
					   SEEDBED_UNSEEN, SEEDBED_FAULT,     SEEDBED_FAULT };

	(void)state;
	for (size_t i = 0; i < 6; i++)
		fake_add(FAKE_VIRTIO)->probe = result[i];
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(fake.source[i].probes, 1);
		assert_int_equal(fake.source[i].reads, 0);
		assert_int_equal(fake.source[i].stops, 0);
		assert_int_equal(bed.slot[i].state, expected[i]);
		assert_int_equal(bed.slot[i].reason, reason[i]);
		assert_int_equal(bed.slot[i].alarms, i >= 4);
	}
}

static void absent_is_left_alone(void **state)
{
	(void)state;
	f = fake_add(FAKE_VIRTIO);
	f->probe = SB_ENODEV;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	asks(20);
	assert_int_equal(f->probes, 1);
	assert_int_equal(f->reads, 0);
}

/*
 * It is as good as none: not read, not waited for, not lost. The next start may
 * find that it is fit.
 */
static void unfit_is_left_alone(void **state)
{
	(void)state;
	fake_add(SB_SEED, 2048);
	f = fake_add(FAKE_VIRTIO);
	f->probe = SB_EUNFIT;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	asks_of(1, 20);
	assert_int_equal(f->probes, 1);
	assert_int_equal(f->reads, 0);
	assert_int_equal(f->stops, 0);
	assert_int_equal(fake_report(&bed, 1).state, SEEDBED_ABSENT);
	assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_UNFIT);
	assert_int_equal(fake_report(&bed, 1).bits, 0);

	f->probe = SB_OK;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	asks_of(1, 10);
	assert_int_equal(f->probes, 2);
	assert_int_equal(fake_report(&bed, 1).state, SEEDBED_LIVE);
	assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_NONE);
	assert_int_equal(fake_report(&bed, 1).alarms, 0);
}

static void three_failed_probes_retire(void **state)
{
	(void)state;
	f = fake_add(FAKE_VIRTIO);
	f->probe = SB_EIO;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	asks(20);
	assert_int_equal(f->probes, 3);
	assert_int_equal(f->reads, 0);
	assert_int_equal(bed.slot[0].state, SEEDBED_RETIRED);
}

static void asked_48_bytes_at_once(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	asks(3);
	assert_int_equal(f->reads, 3);
	assert_int_equal(f->longest, 48);
	assert_int_equal(seedbed_status(&bed).reads, 3);
	assert_int_equal(fake_report(&bed, 0).bytes, 144);
}

/*
 * Start-up bytes are mixed at once. They are credited together when the test
 * passes.
 */
static void startup_of_a_conditioned_source(void **state)
{
	struct seedbed_slot *slot = begin(FAKE_VIRTIO);
	uint32_t before[8];

	(void)state;
	memcpy(before, bed.pool, sizeof before);
	asks(1);
	assert_memory_not_equal(before, bed.pool, sizeof before);
	assert_int_equal(slot->state, SEEDBED_STARTUP);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_int_equal(fake_report(&bed, 0).bits, 0);
	asks(1);
	assert_int_equal(slot->state, SEEDBED_LIVE);
	assert_int_equal(seedbed_status(&bed).bits, 768);
	assert_int_equal(fake_report(&bed, 0).bits, 768);
}

static void startup_of_a_noise_source(void **state)
{
	struct seedbed_slot *slot = begin(SB_NOISE, 85);

	(void)state;
	asks(21); /* 1008 samples */
	assert_int_equal(slot->state, SEEDBED_STARTUP);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	asks(1);
	assert_int_equal(slot->state, SEEDBED_LIVE);
	assert_int_equal(seedbed_status(&bed).bits, 1056 * 85 / 256);
}

static void alarm_in_startup_earns_nothing(void **state)
{
	struct seedbed_slot *slot = begin(SB_NOISE, 512);

	(void)state;
	asks(20);
	fake_script(f, FAKE_STUCK, 3);
	asks(1);
	assert_int_equal(slot->state, SEEDBED_STOPPED);
	assert_int_equal(slot->reason, SEEDBED_REPETITION);
	f->mode = FAKE_HONEST;
	asks(21);
	assert_int_equal(slot->state, SEEDBED_STARTUP);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	asks(1);
	assert_int_equal(seedbed_status(&bed).bits, 1056 * 2);
}

static void seed_counts_at_once(void **state)
{
	(void)state;
	begin(SB_SEED, 1024);
	fake_script(f, FAKE_STUCK, 0);
	asks(2);
	assert_int_equal(bed.slot[0].state, SEEDBED_LIVE);
	assert_int_equal(seedbed_status(&bed).bits, 96 * 4);
}

static void credit_is_not_entropy(void **state)
{
	(void)state;
	begin(SB_CONDITIONED, 4);
	asks(20);
	assert_int_equal(seedbed_status(&bed).bits, 960 * 4 / 256);
}

static void credit_zero_is_mixed(void **state)
{
	uint32_t before[8];

	(void)state;
	begin(SB_CONDITIONED, 0);
	asks(2);
	memcpy(before, bed.pool, sizeof before);
	assert_int_equal(sb_source_ask(&bed, 0), 0);
	assert_memory_not_equal(before, bed.pool, sizeof before);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_int_equal(bed.slot[0].state, SEEDBED_LIVE);
	assert_int_equal(bed.slot[0].reason, SEEDBED_NONE);
}

static void distrusted_is_mixed(void **state)
{
	uint32_t before[8];

	(void)state;
	fake.distrust = SB_HOST;
	begin(FAKE_VIRTIO);
	fake_add(FAKE_RDSEED);
	asks(2);
	memcpy(before, bed.pool, sizeof before);
	asks(1);
	assert_memory_not_equal(before, bed.pool, sizeof before);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_int_equal(fake_report(&bed, 0).credit, 0);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_DISTRUSTED);
	assert_int_equal(fake_report(&bed, 1).credit, 2048);
}

/*
 * A source that cannot count, whatever it does. Its line in the receipt must
 * say neither that it is slow nor that all is well.
 */
static void distrusted_says_so(void **state)
{
	static const struct {
		enum fake_mode mode;
		int value, probe;
		enum seedbed_reason reason;
	} is[] = {
		{ FAKE_RESULT, SB_EAGAIN, SB_OK, SEEDBED_DISTRUSTED },
		{ FAKE_ONCE, 16, SB_OK, SEEDBED_DISTRUSTED },
		{ FAKE_STUCK, 0, SB_OK, SEEDBED_REPETITION },
		{ FAKE_HONEST, 0, SB_ENODEV, SEEDBED_NOT_FOUND },
		{ FAKE_HONEST, 0, SB_EUNFIT, SEEDBED_UNFIT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof is / sizeof *is; i++) {
		fake_reset();
		fake.distrust = SB_HOST;
		f = fake_add(FAKE_VIRTIO);
		fake_script(f, is[i].mode, is[i].value);
		f->probe = is[i].probe;
		assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
		asks(is[i].mode == FAKE_STUCK ? 6 : 2);
		assert_int_equal(fake_report(&bed, 0).reason, is[i].reason);
		assert_int_equal(fake_report(&bed, 0).bits, 0);
	}
}

/*
 * Only whole samples were tested, so only these count. All bytes are mixed, and
 * all are progress.
 */
static void partial_samples_earn_nothing(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	fake_script(f, FAKE_SHORT, 13);
	asks(7);
	assert_int_equal(bed.slot[0].state, SEEDBED_LIVE);
	assert_int_equal(seedbed_status(&bed).bits, 8 * 88); /* of 91 bytes */
	assert_int_equal(fake_report(&bed, 0).bytes, 7 * 13);
	fake_script(f, FAKE_SHORT, 4);
	assert_int_equal(sb_source_ask(&bed, 0), 1);
	assert_int_equal(seedbed_status(&bed).bits, 8 * 88);
	assert_int_equal(sb_source_ask(&bed, 0), 1);
	assert_int_equal(seedbed_status(&bed).bits, 8 * 96);
}

/* A device that gives a byte at a time is tested by the same samples. */
static void bytes_make_samples(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	fake_script(f, FAKE_SHORT, 1);
	asks(63);
	assert_int_equal(bed.slot[0].state, SEEDBED_STARTUP);
	asks(1);
	assert_int_equal(bed.slot[0].state, SEEDBED_LIVE);
	assert_int_equal(seedbed_status(&bed).bits, 8 * 64);
	fake_script(f, FAKE_STUCK, 0);
	for (int i = 0; i < 15; i++)
		assert_int_equal(sb_source_draw(&bed, 0, &(uint8_t){ 0 }, 1), 1);
	assert_int_equal(sb_source_draw(&bed, 0, &(uint8_t){ 0 }, 1), SB_EIO);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_REPETITION);
}

/* What is left of a sample is not of the life that begins. */
static void starting_over_forgets_a_part(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	fake_script(f, FAKE_SHORT, 7);
	asks(1);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	fake_script(f, FAKE_SHORT, 1);
	asks(63);
	assert_int_equal(bed.slot[0].state, SEEDBED_STARTUP);
	asks(1);
	assert_int_equal(bed.slot[0].state, SEEDBED_LIVE);
}

/*
 * Credit since the last reseed is void. The bytes of an earlier key stay
 * counted.
 */
static void alarm_gives_up_credit(void **state)
{
	struct seedbed_slot *slot = begin(FAKE_VIRTIO);

	(void)state;
	asks(2);
	assert_int_equal(sb_enter(&bed), SB_OK);
	assert_int_equal(sb_leave(&bed, sb_gather_settle(&bed)), SB_OK);
	asks(4);
	assert_int_equal(seedbed_status(&bed).bits, 4 * 384);
	assert_int_equal(fake_report(&bed, 0).bits, 6 * 384);
	fake_script(f, FAKE_STUCK, 0xff);
	asks(1);
	assert_int_equal(slot->state, SEEDBED_STOPPED);
	assert_int_equal(slot->reason, SEEDBED_REPETITION);
	assert_int_equal(slot->alarms, 1);
	assert_int_equal(f->stops, 1);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_int_equal(slot->credit, 0);
	assert_int_equal(fake_report(&bed, 0).bits, 2 * 384);
}

/*
 * The credit of a source in start-up is a promise. It is void if the source
 * ends before it passes.
 */
static void used_up_in_startup_earns_nothing(void **state)
{
	(void)state;
	begin(SB_NOISE, 2048);
	fake_script(f, FAKE_ONCE, 480);
	asks(11);
	assert_int_equal(bed.slot[0].state, SEEDBED_USED_UP);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_int_equal(f->stops, 1);
}

static void used_up_keeps_credit(void **state)
{
	(void)state;
	begin(SB_SEED, 2048);
	fake_script(f, FAKE_ONCE, 100);
	asks(10);
	assert_int_equal(bed.slot[0].state, SEEDBED_USED_UP);
	assert_int_equal(seedbed_status(&bed).bits, 800);
	assert_int_equal(f->reads, 4);
	assert_int_equal(f->stops, 1);
	assert_int_equal(bed.slot[0].alarms, 0);
	assert_false(sb_source_lost(&bed.slot[0]));
}

static void three_alarms_retire(void **state)
{
	struct seedbed_slot *slot = begin(FAKE_VIRTIO);
	uint8_t buf[8];

	(void)state;
	fake_script(f, FAKE_STUCK, 0);
	for (int alarm = 1; alarm <= 3; alarm++) {
		asks(1);
		assert_int_equal(slot->alarms, alarm);
		assert_int_equal(f->stops, alarm);
		assert_true(sb_source_lost(slot));
	}
	assert_int_equal(slot->state, SEEDBED_RETIRED);
	f->mode = FAKE_HONEST;
	asks(10);
	assert_int_equal(draw(buf, sizeof buf), SB_EAGAIN);
	assert_int_equal(f->reads, 3);
	assert_int_equal(f->probes, 3);
	cloned();
	asks(1);
	assert_int_equal(f->reads, 3);
	assert_int_equal(slot->state, SEEDBED_RETIRED);
}

static void reseed_gives_another_chance(void **state)
{
	struct seedbed_slot *slot = begin(FAKE_VIRTIO);

	(void)state;
	fake_script(f, FAKE_RESULT, SB_EIO);
	asks(5);
	assert_int_equal(slot->state, SEEDBED_RETIRED);
	f->mode = FAKE_HONEST;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(slot->alarms, 0);
	asks(2);
	assert_int_equal(f->probes, 4);
	assert_int_equal(slot->state, SEEDBED_LIVE);
	assert_false(sb_source_lost(slot));
}

/*
 * Every answer but 1..len, SB_EAGAIN and SB_ENODEV is a fault. No byte of such
 * an answer is used.
 */
static void contract_breaches(void **state)
{
	static const int lies[] = { SB_EIO, SB_OK, SB_EINVAL, -99,   INT_MIN,
				    49,     65,    4096,      65536, INT_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
		uint32_t before[8];

		fake_reset();
		begin(FAKE_VIRTIO);
		asks(2);
		fake_script(f, FAKE_RESULT, lies[i]);
		memcpy(before, bed.pool, sizeof before);
		assert_int_equal(sb_source_ask(&bed, 0), 0);
		assert_memory_equal(before, bed.pool, sizeof before);
		assert_int_equal(bed.slot[0].state, SEEDBED_STOPPED);
		assert_int_equal(bed.slot[0].reason, SEEDBED_FAULT);
		assert_int_equal(f->stops, 1);
		assert_int_equal(seedbed_status(&bed).bits, 0);
	}
}

static void one_byte_too_many(void **state)
{
	uint8_t buf[8];

	(void)state;
	begin(FAKE_VIRTIO);
	asks(2);
	fake_script(f, FAKE_OVER, 1);
	assert_int_equal(draw(buf, sizeof buf), SB_EIO);
	assert_int_equal(bed.slot[0].reason, SEEDBED_FAULT);
	asks(1);
	assert_int_equal(bed.slot[0].alarms, 2);
}

static void pending_is_no_alarm(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	fake_script(f, FAKE_FLAP, 3);
	asks(3);
	assert_int_equal(bed.slot[0].state, SEEDBED_STARTUP);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_PENDING);
	asks(5);
	assert_int_equal(bed.slot[0].state, SEEDBED_LIVE);
	assert_int_equal(bed.slot[0].reason, SEEDBED_NONE);
	assert_int_equal(f->stops, 0);
	assert_int_equal(bed.slot[0].alarms, 0);
}

/* 128 reads in a row, however many there were before. */
static void silence_is_told(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	fake_script(f, FAKE_RESULT, SB_EAGAIN);
	f->until = 400;
	for (unsigned reads = 1; reads <= 400; reads++) {
		asks(1);
		assert_int_equal(fake_report(&bed, 0).reason,
				 reads < 128 ? SEEDBED_PENDING : SEEDBED_SILENT);
	}
	asks(1);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_NONE);
	fake_script(f, FAKE_RESULT, SB_EAGAIN);
	asks(127);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_PENDING);
	asks(1);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_SILENT);
	assert_int_equal(bed.slot[0].alarms, 0);
}

static void replay_alarms(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	fake_script(f, FAKE_REPLAY, 0);
	asks(2);
	assert_int_equal(bed.slot[0].state, SEEDBED_STOPPED);
	assert_int_equal(bed.slot[0].reason, SEEDBED_REPLAY);
}

static void clone_stops_and_probes(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	asks(3);
	cloned();
	assert_int_equal(f->stops, 1);
	assert_int_equal(bed.slot[0].state, SEEDBED_STOPPED);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	asks(1);
	assert_int_equal(f->probes, 2);
	assert_int_equal(bed.slot[0].state, SEEDBED_STARTUP);
}

/* All clones have the same bytes of a used-up source. */
static void clone_voids_a_used_up_source(void **state)
{
	(void)state;
	begin(SB_SEED, 2048);
	fake_script(f, FAKE_ONCE, 48);
	asks(2);
	assert_int_equal(seedbed_status(&bed).bits, 384);
	cloned();
	assert_int_equal(bed.slot[0].state, SEEDBED_USED_UP);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_int_equal(fake_report(&bed, 0).bits, 0);
}

static void draw_is_neither_mixed_nor_credited(void **state)
{
	uint32_t before[8];
	uint8_t buf[32];

	(void)state;
	begin(FAKE_VIRTIO);
	assert_int_equal(draw(buf, sizeof buf), SB_EAGAIN);
	assert_int_equal(f->reads, 0);
	asks(2);
	memcpy(before, bed.pool, sizeof before);
	assert_int_equal(draw(buf, sizeof buf), 32);
	assert_memory_equal(buf, f->last, 32);
	assert_memory_equal(before, bed.pool, sizeof before);
	assert_int_equal(seedbed_status(&bed).bits, 768);
	fake_script(f, FAKE_STUCK, 0);
	assert_int_equal(draw(buf, sizeof buf), SB_EIO);
	assert_int_equal(seedbed_status(&bed).bits, 0);
}

/* A one-shot seed goes into the pool as a whole. Nobody else draws from it. */
static void seed_is_not_drawn_from(void **state)
{
	uint8_t buf[32];

	(void)state;
	begin(SB_SEED | SB_FAST, 2048);
	fake_script(f, FAKE_ONCE, 48);
	assert_int_equal(draw(buf, sizeof buf), SB_EAGAIN);
	assert_int_equal(f->reads, 0);
	asks(1);
	assert_int_equal(seedbed_status(&bed).bits, 384);
}

/* No sum of credits overflows, however long a source gives. */
static void credit_saturates(void **state)
{
	(void)state;
	begin(SB_SEED, 2048);
	assert_int_equal(sb_enter(&bed), SB_OK);
	bed.slot[0].credit = (1u << 28) - 1;
	assert_int_equal(sb_leave(&bed, SB_OK), SB_OK);
	asks(3);
	assert_true(bed.slot[0].credit >= (1u << 28) - 1 &&
		    bed.slot[0].credit < (1u << 28) + 48 * 2048);
}

static void heard(void **state)
{
	struct seedbed_slot slot = { 0 };

	(void)state;
	slot.state = SEEDBED_STARTUP;
	assert_false(sb_source_heard(&slot));
	slot.bytes = 31;
	slot.asked = 7;
	assert_false(sb_source_heard(&slot));
	slot.bytes = 32;
	assert_true(sb_source_heard(&slot));
	slot.bytes = 0;
	slot.asked = 8;
	assert_true(sb_source_heard(&slot));
	slot.asked = 0;
	slot.state = SEEDBED_ABSENT;
	assert_true(sb_source_heard(&slot));
	slot.state = SEEDBED_USED_UP;
	assert_true(sb_source_heard(&slot));
	slot.state = SEEDBED_RETIRED;
	assert_true(sb_source_heard(&slot));
	slot.state = SEEDBED_STOPPED;
	assert_false(sb_source_heard(&slot));
}

/* Credit stops growing at 2^28 and at 2^31, and not before. */
static void credit_grows_up_to_its_bounds(void **state)
{
	static const struct {
		uint32_t credit, earned;
	} from[] = { { 1u << 27, 1u << 30 },
		     { (1u << 28) - 1, (1u << 31) - 1 },
		     { 1u << 28, 1u << 31 },
		     { (1u << 28) + 1, UINT32_MAX } };

	(void)state;
	begin(SB_SEED, 2048);
	for (size_t i = 0; i < 4; i++) {
		uint32_t grown = i < 2 ? 48 * 2048 : 0;

		assert_int_equal(sb_enter(&bed), SB_OK);
		bed.slot[0].credit = from[i].credit;
		bed.slot[0].earned = from[i].earned;
		sb_source_ask(&bed, 0);
		assert_int_equal(bed.slot[0].credit, from[i].credit + grown);
		assert_int_equal(bed.slot[0].earned, from[i].earned + grown);
		assert_int_equal(sb_leave(&bed, SB_OK), SB_OK);
	}
}

static void alarm_is_no_progress(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	asks(2);
	assert_int_equal(sb_enter(&bed), SB_OK);
	assert_int_equal(sb_source_ask(&bed, 0), 1);
	fake_script(f, FAKE_STUCK, 0);
	assert_int_equal(sb_source_ask(&bed, 0), 0);
	assert_int_equal(sb_leave(&bed, SB_OK), SB_OK);
	assert_int_equal(bed.slot[0].alarms, 1);
}

/* Another source may have what this one has no more. */
static void draw_from_what_is_used_up(void **state)
{
	uint8_t buf[8];

	(void)state;
	begin(FAKE_VIRTIO);
	asks(2);
	fake_script(f, FAKE_RESULT, SB_ENODEV);
	assert_int_equal(draw(buf, sizeof buf), SB_EAGAIN);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_USED_UP);
}

static int is_held(void *ctx)
{
	return ((struct fake_source *)ctx)->value;
}

/* The first source whose device still has memory of the machine's. */
static void held_names_its_source(void **state)
{
	(void)state;
	assert_null(seedbed_held(NULL));
	assert_null(seedbed_held(&fake.hal));
	for (int i = 0; i < 3; i++)
		fake_add(FAKE_VIRTIO);
	assert_null(seedbed_held(&fake.hal));
	fake.source[1].driver.held = fake.source[2].driver.held = is_held;
	assert_null(seedbed_held(&fake.hal));
	fake.source[2].value = 1;
	assert_string_equal(seedbed_held(&fake.hal), "fake-2");
	fake.source[1].value = 1;
	assert_string_equal(seedbed_held(&fake.hal), "fake-1");
}

/* A seed has no start-up: it counts from its first byte, and is live before. */
static void seed_is_live_at_once(void **state)
{
	(void)state;
	begin(SB_SEED, 2048);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_LIVE);
	assert_int_equal(f->reads, 0);
}

/* What is used up is not waited for. */
static void used_up_is_not_pending(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	asks(2);
	fake_script(f, FAKE_RESULT, SB_EAGAIN);
	asks(1);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_PENDING);
	fake_script(f, FAKE_RESULT, SB_ENODEV);
	asks(1);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_USED_UP);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(probe_tells),
					    ON_NEW(absent_is_left_alone),
					    ON_NEW(unfit_is_left_alone),
					    ON_NEW(three_failed_probes_retire),
					    ON_NEW(asked_48_bytes_at_once),
					    ON_NEW(startup_of_a_conditioned_source),
					    ON_NEW(startup_of_a_noise_source),
					    ON_NEW(alarm_in_startup_earns_nothing),
					    ON_NEW(seed_counts_at_once),
					    ON_NEW(credit_is_not_entropy),
					    ON_NEW(credit_zero_is_mixed),
					    ON_NEW(distrusted_is_mixed),
					    ON_NEW(distrusted_says_so),
					    ON_NEW(partial_samples_earn_nothing),
					    ON_NEW(bytes_make_samples),
					    ON_NEW(starting_over_forgets_a_part),
					    ON_NEW(alarm_gives_up_credit),
					    ON_NEW(used_up_in_startup_earns_nothing),
					    ON_NEW(used_up_keeps_credit),
					    ON_NEW(three_alarms_retire),
					    ON_NEW(reseed_gives_another_chance),
					    ON_NEW(contract_breaches),
					    ON_NEW(one_byte_too_many),
					    ON_NEW(pending_is_no_alarm),
					    ON_NEW(silence_is_told),
					    ON_NEW(replay_alarms),
					    ON_NEW(clone_stops_and_probes),
					    ON_NEW(clone_voids_a_used_up_source),
					    ON_NEW(draw_is_neither_mixed_nor_credited),
					    ON_NEW(seed_is_not_drawn_from),
					    ON_NEW(credit_saturates),
					    ON_NEW(heard),
					    ON_NEW(seed_is_live_at_once),
					    ON_NEW(used_up_is_not_pending),
					    ON_NEW(credit_grows_up_to_its_bounds),
					    ON_NEW(alarm_is_no_progress),
					    ON_NEW(draw_from_what_is_used_up),
					    ON_NEW(held_names_its_source) };

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
