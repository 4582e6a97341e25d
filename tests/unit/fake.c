/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "fake.h"

struct fake_machine fake;
struct seedbed bed, twin;

static void fake_inside(void (*happen)(void))
{
	if (fake.inside)
		return;
	fake.inside = 1;
	if (happen)
		happen();
	if (fake.in_any)
		fake.in_any();
	fake.inside = 0;
}

/* The best byte of Marsaglia's xorshift32. */
static uint8_t fake_byte(struct fake_source *f)
{
	uint8_t byte;

	f->seed ^= f->seed << 13;
	f->seed ^= f->seed >> 17;
	f->seed ^= f->seed << 5;
	byte = (uint8_t)(f->seed * 0x9e3779b1u >> 24);
	return (int)f->bytes++ == f->flip ? byte ^ 0x10 : byte;
}

static int fake_honest(struct fake_source *f, uint8_t *buf, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buf[i] = f->last[i] = fake_byte(f);
	return (int)len;
}

static int fake_once(struct fake_source *f, uint8_t *buf, size_t len)
{
	size_t left = (size_t)f->value - f->bytes;

	return left ? fake_honest(f, buf, len < left ? len : left) : SB_ENODEV;
}

static int fake_answer(struct fake_source *f, uint8_t *buf, size_t len)
{
	unsigned n = f->reads++ - f->from;

	if (f->reads - 1 < f->from || (f->until && f->reads - 1 >= f->until))
		return fake_honest(f, buf, len);
	switch (f->mode) {
	case FAKE_STUCK:
		memset(buf, f->value, len);
		return (int)len;
	case FAKE_SHORT:
		return fake_honest(f, buf, len < (size_t)f->value ? len : (size_t)f->value);
	case FAKE_REPLAY:
		if (n == 0)
			return fake_honest(f, buf, len);
		memcpy(buf, f->last, len);
		return (int)len;
	case FAKE_ONCE:
		return fake_once(f, buf, len);
	case FAKE_FLAP:
		return n % (unsigned)(f->value + 1) == (unsigned)f->value ? fake_honest(f, buf, len)
									  : SB_EAGAIN;
	case FAKE_COARSE:
		fake_honest(f, buf, len);
		for (size_t i = 0; i < len; i++)
			buf[i] &= (uint8_t)((1u << f->value) - 1);
		return (int)len;
	case FAKE_RESULT:
		fake_honest(f, buf, len);
		return f->value;
	case FAKE_OVER:
		fake_honest(f, buf, len);
		return (int)len + f->value;
	default:
		return fake_honest(f, buf, len);
	}
}

static int fake_read(void *ctx, uint8_t *buf, size_t len)
{
	struct fake_source *f = ctx;

	if (len > f->longest)
		f->longest = len;
	fake_inside(fake.in_read);
	return fake_answer(f, buf, len);
}

static int fake_probe(void *ctx)
{
	struct fake_source *f = ctx;

	f->probes++;
	fake_inside(NULL);
	return f->probe;
}

static void fake_stop(void *ctx)
{
	struct fake_source *f = ctx;

	f->stops++;
	fake_inside(fake.in_stop);
}

static uint64_t fake_cycles(void)
{
	fake.readings++;
	fake.now = fake.lcg ? fake.now * 6364136223846793005u + 1442695040888963407u
			    : fake.now + fake.step;
	fake_inside(fake.in_cycles);
	return fake.now;
}

static int fake_epoch(uint8_t id[16])
{
	if (++fake.epochs == fake.change_at)
		fake.id[0]++;
	fake_inside(NULL);
	memcpy(id, fake.id, 16);
	return fake.epoch;
}

static uint16_t fake_distrust(void)
{
	fake_inside(NULL);
	return fake.distrust;
}

static void fake_enter(void)
{
	fake.nested += fake.enters++ != fake.leaves;
	fake_inside(NULL);
}

static void fake_leave(void)
{
	fake.leaves++;
	fake_inside(NULL);
}

static uint64_t fake_now(void)
{
	return fake.now;
}

static void fake_wait(uint64_t deadline)
{
	(void)deadline;
	sb_loop_run(fake.hooks);
}

static const struct sb_loop fake_loop = { fake_now, fake_wait, &fake.hooks, &sb_harvest };

/*
 * The platform of core/shared.c has the first two sources. A suite may have one
 * of its own.
 */
__attribute__((weak))
const struct sb_hal sb_platform = { fake_cycles, 1000000,    64,         fake_epoch, fake_distrust,
				    fake_enter,  fake_leave, &fake_loop, fake.table, 2 };

void fake_reset(void)
{
	memset(&fake, 0, sizeof fake);
	memset(&bed, 0, sizeof bed);
	memset(&twin, 0, sizeof twin);
	fake.hal = sb_platform;
	fake.hal.source_count = 0;
	fake.epoch = SB_ENODEV;
}

int fake_setup(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

struct sb_cutoffs fake_cutoffs(uint32_t h)
{
	return (struct sb_cutoffs){ (uint16_t)SB_REPETITION(h), (uint16_t)SB_PROPORTION(h) };
}

void fake_assess(struct sb_driver *driver, uint32_t bits, uint32_t bytes)
{
	struct sb_cutoffs cut = fake_cutoffs(bits * bytes);

	driver->entropy = (uint16_t)bits;
	driver->width = (uint8_t)bytes;
	driver->repetition = cut.repetition;
	driver->proportion = cut.proportion;
}

struct fake_source *fake_add(unsigned flags, uint16_t credit)
{
	static const char *const name[] = { "fake-0", "fake-1", "fake-2", "fake-3", "fake-4",
					    "fake-5", "fake-6", "fake-7", "fake-8" };
	size_t i = fake.hal.source_count++;
	struct fake_source *f = &fake.source[i];

	f->driver.name = name[i];
	if (flags & SB_NOISE)
		fake_assess(&f->driver, credit, 1);
	else
		fake_assess(&f->driver, 2048, 8);
	f->driver.flags = (uint16_t)flags;
	f->driver.probe = fake_probe;
	f->driver.read = fake_read;
	f->driver.stop = fake_stop;
	f->seed = 0x5eedbed0u + (uint32_t)i;
	f->flip = -1;
	fake.table[i].driver = &f->driver;
	fake.table[i].ctx = f;
	fake.table[i].credit = credit;
	return f;
}

void fake_script(struct fake_source *f, enum fake_mode mode, int value)
{
	f->mode = mode;
	f->value = value;
	f->from = f->reads;
	f->until = 0;
}

int fake_ready(struct seedbed *s)
{
	if (seedbed_init(s, &fake.hal) != SB_OK)
		return -1;
	for (int round = 1; round <= FAKE_ROUNDS; round++)
		if (seedbed_gather(s) == SB_OK)
			return round;
	return -1;
}

unsigned fake_hooked(void)
{
	unsigned n = 0;

	for (const struct sb_hook *hook = fake.hooks; hook; hook = hook->next)
		n++;
	return n;
}

unsigned fake_reads(void)
{
	unsigned sum = 0;

	for (size_t i = 0; i < fake.hal.source_count; i++)
		sum += fake.source[i].reads;
	return sum;
}

struct seedbed_report fake_report(const struct seedbed *s, size_t i)
{
	struct seedbed_report report;

	memset(&report, 0xee, sizeof report);
	(void)seedbed_inspect(s, i, &report);
	return report;
}

int fake_found(const void *memory, size_t size, const void *secret, size_t len, size_t n)
{
	const uint8_t *m = memory, *p = secret;

	for (size_t i = 0; i + n <= size; i++)
		for (size_t k = 0; k + n <= len; k++)
			if (m[i] == p[k] && memcmp(m + i, p + k, n) == 0)
				return 1;
	return 0;
}
