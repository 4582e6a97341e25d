/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio over channel I/O, against a channel subsystem whose every answer may
 * be a lie. Needs hal/virtio/virtio_*.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "ring_device.h"
#include "sb_virtio_ccw.h"

#define SENSE_ID 0xe4
#define SET_QUEUE 0x13
#define RESET 0x33
#define READ_FEATURES 0x12
#define WRITE_FEATURES 0x11
#define WRITE_STATUS 0x31
#define READ_QUEUE 0x32
#define SET_REVISION 0x83
#define READ_STATUS 0x72

#define ENABLED 0x80 /* of byte 5 of a PMCW */
#define VALID 0x01

/* One subchannel and the device behind it, both by script. */
struct subchannel {
	uint32_t name;
	uint8_t flags, kind; /* bytes 5 and 25 of the PMCW */
	uint16_t type;       /* of the control unit */
	uint8_t model;
	int most, revision; /* -1: it knows no revision, none is set */
	uint8_t status;
	uint32_t offered[2], accepted[2];
	uint16_t size;
	uint8_t queue[32];
	unsigned queue_bytes, starts;
	uint8_t commands[32]; /* the first that it was given */
	/* the status that is pending, after so many looks */
	uint8_t irb[96];
	int pending;
	unsigned delay;
};

/* The script. `command` is the one that it is about; 0: each. */
static struct {
	struct subchannel sub[12];
	unsigned subs, sets;
	int command;
	int reject;                   /* a unit check */
	uint32_t ends, first;         /* words 2 and 0 of its status; 0: good ones */
	uint32_t then;                /* word 2 of a second status, with device end */
	int never;                    /* its end does not come */
	int uncleared;                /* and a clear function does not end */
	int gone;                     /* a clear function finds nobody */
	int stale;                    /* but the status of the program comes */
	int start, starts;            /* a condition code, so many times */
	int modify, modifies, test;   /* the same */
	unsigned looks, clears, runs; /* so far */
	unsigned notices, stores;
	int endless;  /* each subchannel is there, and has no device */
	uint64_t far; /* added to each address */
} css;

/* In one piece: the device calls its start RING_DEVICE_BASE. */
static struct {
	struct sb_virtio_rng_state rng[3];
	struct sb_virtio_ccw where[3];
	struct sb_virtio_pages pages;
} world;
#define RNG (&world.rng[0])

static uint32_t be16(const uint8_t *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t be32(const uint8_t *at)
{
	return be16(at) << 16 | be16(at + 2);
}

static void put32(uint8_t *at, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void *memory(uint32_t address, size_t len)
{
	uint32_t at = address - (uint32_t)css.far - RING_DEVICE_BASE;

	assert_true(at <= sizeof world - len);
	return (uint8_t *)&world + at;
}

static struct subchannel *who(uint32_t name)
{
	for (unsigned i = 0; i < css.subs; i++)
		if (css.sub[i].name == name)
			return &css.sub[i];
	return NULL;
}

static int is_the_one(int command)
{
	return css.command == 0 || css.command == command;
}

/* What the device does. Returns the residual count, or -1 for a unit check. */
static int device_runs(struct subchannel *sub, int command, uint8_t *data, int len)
{
	static const uint8_t rest[4] = { 0, 0, 0x5a, 0x5a };
	int least = 0;

	if (command != SENSE_ID && command != SET_REVISION && sub->revision < 0)
		sub->revision = 0; /* a legacy driver */
	switch (command) {
	case SENSE_ID:
		least = 7;
		data[0] = 0xff;
		data[1] = (uint8_t)(sub->type >> 8);
		data[2] = (uint8_t)sub->type;
		data[3] = sub->model;
		memcpy(data + 4, rest + 1, 3);
		break;
	case SET_REVISION:
		least = 4;
		if (sub->most < 0 || sub->revision >= 0 || (int)be16(data) > sub->most)
			return -1;
		assert_int_equal(be16(data + 2), 0);
		sub->revision = (int)be16(data);
		break;
	case RESET:
		sub->status = 0;
		memset(sub->accepted, 0, sizeof sub->accepted);
		sub->queue_bytes = 0;
		break;
	case READ_FEATURES:
		least = 5;
		assert_int_equal(be32(data), 0);
		assert_in_range(data[4], 0, 1);
		for (unsigned i = 0; i < 4; i++)
			data[i] = (uint8_t)(sub->offered[data[4]] >> 8 * i);
		break;
	case WRITE_FEATURES:
		least = 5;
		assert_in_range(data[4], 0, 1);
		sub->accepted[data[4]] = (uint32_t)data[3] << 24 | (uint32_t)data[2] << 16 |
					 (uint32_t)data[1] << 8 | data[0];
		break;
	case WRITE_STATUS:
		least = 1;
		sub->status = data[0];
		break;
	case READ_STATUS:
		least = 1;
		assert_int_equal(sub->revision, 2);
		data[0] = sub->status;
		break;
	case READ_QUEUE:
		least = 4;
		assert_int_equal(be32(data), 0);
		data[2] = (uint8_t)(sub->size >> 8);
		data[3] = (uint8_t)sub->size;
		break;
	case SET_QUEUE:
		least = sub->revision > 0 ? 32 : 16;
		memcpy(sub->queue, data, (size_t)least);
		sub->queue_bytes = (unsigned)least;
		break;
	default:
		fail();
	}
	assert_int_equal(len, least);
	return 0;
}

/* words 0 and 2 of the SCSW */
static void status_is(struct subchannel *sub, uint32_t first, uint32_t ends)
{
	memset(sub->irb, 0xee, sizeof sub->irb);
	put32(sub->irb, first);
	put32(sub->irb + 8, ends);
	sub->pending = 1;
}

static int fake_store(uint32_t name, void *schib)
{
	struct subchannel *sub = who(name);
	uint8_t *to = schib;

	assert_int_equal((uintptr_t)schib % 4, 0);
	css.stores++;
	memset(to, 0, SB_CHANNEL_SCHIB);
	if (!sub)
		return css.endless ? 0 : 3;
	to[5] = sub->flags;
	to[25] = sub->kind;
	return 0;
}

static int fake_modify(uint32_t name, const void *schib)
{
	struct subchannel *sub = who(name);
	const uint8_t *from = schib;
	uint8_t zeros[SB_CHANNEL_SCHIB] = { 0 };

	assert_int_equal((uintptr_t)schib % 4, 0);
	zeros[5] = from[5] & ENABLED;
	zeros[8] = zeros[14] = 0xff; /* each path */
	assert_memory_equal(from, zeros, SB_CHANNEL_SCHIB);
	if (!sub)
		return 3;
	if (css.modifies && css.modifies--)
		return css.modify;
	if (sub->pending)
		return 1;
	if (!(from[5] & ENABLED))
		sub->revision = -1;
	sub->flags = (uint8_t)(VALID | from[5]);
	return 0;
}

static int fake_start(uint32_t name, const void *orb)
{
	struct subchannel *sub = who(name);
	const uint8_t *block = orb;
	uint8_t zeros[SB_CHANNEL_ORB] = { 0, 0, 0, 0, 0x00, 0x80, 0xff };

	assert_int_equal((uintptr_t)orb % 4, 0);
	if (!sub || !(sub->flags & ENABLED))
		return 3;

	uint8_t *ccw = memory(be32(block + 8), 8);
	uint32_t len = be16(ccw + 2);

	assert_int_equal(be32(block + 8) % 8, 0);
	memcpy(zeros + 8, block + 8, 4);
	assert_memory_equal(block, zeros, sizeof zeros);
	assert_int_equal(ccw[1], 0x20);
	sub->starts++;
	if (is_the_one(ccw[0]) && css.starts && css.starts--)
		return css.start;
	if (sub->pending)
		return 1;
	css.runs++;
	if (sub->starts <= sizeof sub->commands)
		sub->commands[sub->starts - 1] = ccw[0];
	if (is_the_one(ccw[0]) && css.never) {
		sub->pending = 0;
		return 0;
	}

	int left = is_the_one(ccw[0]) && css.reject
			   ? -1
			   : device_runs(sub, ccw[0], memory(be32(ccw + 4), len), (int)len);

	status_is(sub, 0x00004007, 0x0c000000);
	if (left < 0)
		status_is(sub, 0x00004017, 0x0e000000 | len);
	else if (is_the_one(ccw[0]) && (css.ends || css.first))
		status_is(sub, css.first ? css.first : 0x00004007,
			  css.ends ? css.ends : 0x0c000000);
	return 0;
}

static int fake_test(uint32_t name, void *irb)
{
	struct subchannel *sub = who(name);

	assert_int_equal((uintptr_t)irb % 4, 0);
	css.looks++;
	if (!sub || css.test)
		return 3;
	if (!sub->pending)
		return 1;
	if (sub->delay && sub->delay--)
		return 1;
	memcpy(irb, sub->irb, sizeof sub->irb);
	sub->pending = 0;
	if (css.then && be32(sub->irb) != 0x00004003) {
		status_is(sub, 0x00004003, css.then);
		sub->delay = 3;
	}
	return 0;
}

static int fake_clear(uint32_t name)
{
	struct subchannel *sub = who(name);

	css.clears++;
	if (!sub || !(sub->flags & ENABLED) || css.gone)
		return 3;
	if (!css.uncleared) {
		status_is(sub, 0x00001001, 0);
		sub->delay = 0;
	} else if (css.stale) {
		status_is(sub, 0x00004001, 0);
	}
	return 0;
}

static void fake_notify(uint32_t name, uint32_t queue)
{
	assert_non_null(who(name));
	assert_int_equal(queue, 0);
	css.notices++;
}

static unsigned fake_sets(void)
{
	return css.sets;
}

static struct sb_channel channel;

static uint64_t far_address(const volatile void *at)
{
	return ring_device_address(at) + css.far;
}

static void look(const volatile void *at, size_t len)
{
	if (ring_device.size)
		ring_device_look(at, len);
}

static const struct sb_dma dma = { far_address, NULL, look, 0 };

static struct subchannel *add(uint32_t set, uint32_t number, uint8_t model)
{
	struct subchannel *sub = &css.sub[css.subs++];

	memset(sub, 0, sizeof *sub);
	sub->name = 0x10000u | set << 17 | number;
	sub->flags = VALID;
	sub->type = 0x3832;
	sub->model = model;
	sub->most = 2;
	sub->revision = -1;
	sub->offered[0] = 0xffffffffu;
	sub->offered[1] = ~SB_VIRTIO_1_ACCESS_PLATFORM;
	sub->size = 8;
	return sub;
}

static int ccw_setup(void **state)
{
	memset(&css, 0, sizeof css);
	css.sets = 4;
	memset(&world, 0, sizeof world);
	channel = (struct sb_channel){ fake_store, fake_modify, fake_start, fake_test,
				       fake_clear, fake_notify, fake_sets };
	memset(&ring_device, 0, sizeof ring_device);
	ring_device.rng = RNG;
	for (unsigned i = 0; i < 3; i++)
		world.rng[i].dma = &dma;
	return fake_setup(state);
}
#define ON_CCW(test) cmocka_unit_test_setup(test, ccw_setup)

static unsigned find(unsigned rows)
{
	return sb_virtio_ccw_find(&channel, world.rng, world.where, rows);
}

static int probe(void)
{
	return sb_virtio_rng.probe(RNG);
}

/* The device, found and probed. */
static struct subchannel *alive(void)
{
	struct subchannel *sub = add(0, 0, 4);

	assert_int_equal(find(1), 1);
	assert_int_equal(probe(), SB_OK);
	return sub;
}

/* The script is over, and the device is as it was. */
static void sound_again(struct subchannel *sub)
{
	css.command = css.reject = css.never = css.gone = css.uncleared = css.starts = css.test = 0;
	css.ends = css.first = css.then = 0;
	sub->pending = 0;
	sub->delay = 0;
}

/* A transport by itself, behind a command that left much in the block. */
static struct sb_virtio_ccw *dirty(void)
{
	memset(&world.where[0].block, 0xff, sizeof world.where[0].block);
	return &world.where[0];
}

static void among_others(void **state)
{
	struct subchannel *gap = add(0, 0, 4);
	struct subchannel *message = add(0, 1, 4);
	struct subchannel *disk = add(0, 2, 4);
	struct subchannel *net = add(0, 3, 1);
	struct subchannel *first = add(0, 4, 4);
	struct subchannel *second = add(2, 0, 4);

	(void)state;
	gap->flags = 0;
	message->kind = 0x40;
	disk->type = 0x3990;
	assert_int_equal(find(3), 2); /* set 1 is empty */
	assert_ptr_equal(world.rng[0].at, &world.where[0]);
	assert_int_equal(world.where[0].subchannel, first->name);
	assert_int_equal(world.where[1].subchannel, second->name);
	assert_ptr_equal(world.rng[1].transport, &sb_virtio_ccw);
	assert_null(world.rng[2].at);
	assert_int_equal(world.rng[2].unseen, 0);
	assert_int_equal(first->flags & second->flags & ENABLED, ENABLED);
	assert_int_equal((disk->flags | net->flags) & ENABLED, 0);
	assert_int_equal(gap->starts + message->starts, 0);
	assert_int_equal(disk->commands[0], SENSE_ID); /* and nothing else is asked of it */
	assert_int_equal(disk->starts, 1);
	assert_int_equal(net->starts, 1);
}

static void as_many_as_there_are_rows(void **state)
{
	struct subchannel *first = add(0, 0, 4), *second = add(0, 1, 4);

	(void)state;
	assert_int_equal(find(0), 0);
	assert_int_equal(first->starts, 0);
	assert_int_equal(find(1), 1);
	assert_int_equal(second->starts, 0);
	assert_int_equal(world.rng[0].unseen, 0);
	assert_null(world.rng[1].at);
}

static void sets(void **state)
{
	(void)state;
	(void)add(1, 0, 4);
	channel.sets = NULL;
	assert_int_equal(find(1), 0);
	css.sub[0].name = 0x10000u;
	assert_int_equal(find(1), 1);
	css.sub[0].name = 0x30000u;
	channel.sets = fake_sets;
	css.sets = 1;
	assert_int_equal(find(1), 0);
	css.sets = 0; /* nothing was looked at */
	assert_int_equal(find(1), 0);
	assert_int_equal(RNG->unseen, 1);
	css.sets = 1000000;
	assert_int_equal(find(1), 1);
	css.sub[0].name = 0x10000u | 4u << 17;
	assert_int_equal(find(1), 0);
}

static void a_set_without_an_end(void **state)
{
	(void)state;
	css.endless = 1;
	css.sets = 2;
	(void)add(1, 65535, 4);
	world.rng[2].unseen = 77;
	assert_int_equal(find(2), 1);
	assert_int_equal(css.stores, 2u * 65536);
	assert_int_equal(world.where[0].subchannel, 0x3ffffu);
	assert_int_equal(world.rng[1].unseen, 0);
	assert_int_equal(world.rng[2].unseen, 77); /* it is no row */
}

static void many_others_in_front(void **state)
{
	(void)state;
	for (unsigned i = 0; i < SB_VIRTIO_CCW_SILENT + 2; i++)
		(void)add(0, i, 1);
	(void)add(0, SB_VIRTIO_CCW_SILENT + 2, 4);
	assert_int_equal(find(1), 1);
	assert_int_equal(RNG->unseen, 0);
}

/* It is counted, so that nobody takes it for absent. */
static void a_device_of_unknown_revision(void **state)
{
	(void)state;
	(void)add(0, 0, 4);
	css.command = SET_REVISION;
	css.never = 1;
	assert_int_equal(find(1), 1);
	assert_null(RNG->transport);
	assert_int_equal(probe(), SB_EUNFIT);
}

static void out_of_reach(void **state)
{
	struct subchannel *sub = add(0, 0, 4);

	(void)state;
	css.far = 0x80000000u - RING_DEVICE_BASE;
	assert_int_equal(find(2), 0);
	assert_int_equal(sub->starts, 0);
	assert_int_equal(world.rng[0].unseen & world.rng[1].unseen, 1);
	assert_int_equal(probe(), SB_EUNSEEN);
	world.where[0].subchannel = sub->name;
	assert_int_equal(sb_virtio_ccw.find(&world.where[0], 4), SB_ENODEV);
	assert_int_equal(sub->starts, 0);
}

static void the_last_place(void **state)
{
	struct sb_virtio_ccw *at = &world.where[0];
	struct subchannel *sub = add(0, 0, 4);
	uint64_t data = ring_device_address(at->block.data);

	(void)state;
	assert_true(data % 8 == 0 && sizeof at->block.data == 32);
	css.far = 0x80000000u - 32 - data;
	assert_int_equal(find(1), 1);
	assert_int_equal(sub->revision, 2);
	css.far += 8;
	assert_int_equal(find(1), 0);
	assert_int_equal(world.rng[0].unseen, 1);
}

static const uint8_t by_revision[3][12] = {
	{ SENSE_ID, SET_REVISION, RESET, WRITE_STATUS, WRITE_STATUS, WRITE_FEATURES, READ_QUEUE,
	  SET_QUEUE, WRITE_STATUS },
	{ SENSE_ID, SET_REVISION, SET_REVISION, RESET, WRITE_STATUS, WRITE_STATUS, WRITE_FEATURES,
	  READ_FEATURES, WRITE_FEATURES, WRITE_STATUS, READ_QUEUE, SET_QUEUE },
	{ SENSE_ID, SET_REVISION, RESET, WRITE_STATUS, WRITE_STATUS, WRITE_FEATURES, READ_FEATURES,
	  WRITE_FEATURES, WRITE_STATUS, READ_STATUS, READ_QUEUE, SET_QUEUE },
};

static void the_commands_in_order(void **state)
{
	(void)state;
	for (int most = 0; most <= 2; most++) {
		ccw_setup(state);

		struct subchannel *sub = add(0, 0, 4);
		const uint8_t *want = by_revision[most];

		sub->most = most;
		RNG->pages = &world.pages;
		assert_int_equal(find(1), 1);
		sub->starts = 0;
		memset(sub->commands, 0, sizeof sub->commands);
		assert_int_equal(probe(), SB_OK);
		assert_int_equal(sub->revision, most);
		for (unsigned i = 0; i < 12 && want[i]; i++)
			assert_int_equal(sub->commands[i], want[i]);
		assert_int_equal(sub->status, most ? 15 : 7);
		assert_int_equal(sub->accepted[0], 0);
		assert_int_equal(sub->accepted[1],
				 most ? SB_VIRTIO_1_VERSION | SB_VIRTIO_1_ORDER_PLATFORM : 0);
	}
}

static void a_queue(void **state)
{
	struct subchannel *sub = alive();
	uint64_t ring = ring_device_address(&RNG->ring);

	(void)state;
	assert_int_equal(sub->queue_bytes, 32);
	assert_int_equal(be32(sub->queue), 0);
	assert_int_equal(be32(sub->queue + 4), ring);
	assert_int_equal(be32(sub->queue + 8), 0);
	assert_int_equal(be32(sub->queue + 12), 8); /* queue 0, 8 descriptors */
	assert_int_equal(be32(sub->queue + 20), ring + 16 * 8);
	assert_int_equal(be32(sub->queue + 28), ring + RNG->used_at);
}

static void a_legacy_queue(void **state)
{
	struct subchannel *sub = add(0, 0, 4);

	(void)state;
	sub->most = 0;
	assert_int_equal(find(1), 1);
	assert_ptr_equal(RNG->transport, &sb_virtio_ccw_legacy);
	assert_int_equal(probe(), SB_EUNFIT); /* it needs pages */
	RNG->pages = &world.pages;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(sub->queue_bytes, 16);
	assert_int_equal(be32(sub->queue + 4), ring_device_address(&world.pages));
	assert_int_equal(be32(sub->queue + 8), 4096);
	assert_int_equal(be32(sub->queue + 12), 8);
}

/* It rejects the command, as it was before there were revisions. */
static void a_device_of_no_revision(void **state)
{
	struct subchannel *sub = add(0, 0, 4);

	(void)state;
	sub->most = -1;
	RNG->pages = &world.pages;
	assert_int_equal(find(1), 1);
	assert_ptr_equal(RNG->transport, &sb_virtio_ccw_legacy);
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(sub->revision, 0);
}

static void the_ring_goes_round(void **state)
{
	struct subchannel *sub = alive();

	(void)state;
	ring_device.size = sub->size;
	ring_device.descriptors = be32(sub->queue + 4);
	ring_device.available = be32(sub->queue + 20);
	ring_device.used = be32(sub->queue + 28);
	ring_device_goes_round(RNG);
	assert_int_equal(css.notices, 2u * sub->size + 3);
}

static void the_legacy_ring_goes_round(void **state)
{
	struct subchannel *sub = add(0, 0, 4);

	(void)state;
	sub->most = 0;
	sub->size = 256;
	RNG->pages = &world.pages;
	assert_int_equal(find(1), 1);
	assert_int_equal(probe(), SB_OK);
	ring_device.size = sub->size;
	ring_device.descriptors = be32(sub->queue + 4);
	ring_device.available = ring_device.descriptors + 16u * sub->size;
	ring_device.used = (ring_device.available + 6 + 2u * sub->size + 4095) / 4096 * 4096;
	ring_device_goes_round(RNG);
}

static void queue_sizes(void **state)
{
	static const uint16_t sizes[] = { 0, 3, 9, 1023, 2048, 0x8000, 0xffff };

	(void)state;
	for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		ccw_setup(state);

		struct subchannel *sub = add(0, 0, 4);

		sub->size = sizes[i];
		assert_int_equal(find(1), 1);
		assert_int_equal(probe(), SB_EUNFIT);
		assert_int_equal(sub->queue_bytes, 0);
		assert_int_equal(sub->status, 0); /* it was reset */
	}
}

static const int commands[] = { RESET,      READ_FEATURES, WRITE_FEATURES, WRITE_STATUS,
				READ_QUEUE, SET_QUEUE,     READ_STATUS };
#define COMMANDS (sizeof commands / sizeof *commands)

/* What a status may say instead of the good one: 0x0c, and no byte left. */
static const uint32_t ends[] = { 0x0c000001, 0x0c00ffff, 0x0e000000, 0x0c010000, 0x0c800000,
				 0x08000000, 0x04000000, 0x1c000000, 0x8c000000, 0x0d000000,
				 0x00010000, 0x0c200000, 0xffffffff };

static void no_good_end(void)
{
	int result;

	css.looks = 0;
	result = probe();
	assert_true(result < 0);
	assert_int_not_equal(sb_virtio_rng.read(RNG, world.where[0].block.data, 0), 0);
	assert_true(css.looks < 4 * SB_VIRTIO_CCW_POLLS);
}

static void statuses_that_are_no_good(void **state)
{
	(void)state;
	for (unsigned i = 0; i < COMMANDS; i++) {
		for (unsigned k = 0; k <= sizeof ends / sizeof *ends; k++) {
			ccw_setup(state);

			struct subchannel *sub = add(0, 0, 4);

			assert_int_equal(find(1), 1);
			css.command = commands[i];
			if (k < sizeof ends / sizeof *ends)
				css.ends = ends[k];
			else
				css.reject = 1;
			no_good_end();
			assert_int_equal(css.clears, 0);
			if (RNG->life)
				continue; /* its reset was not confirmed */
			sound_again(sub);
			assert_int_equal(probe(), SB_OK);
		}
	}
}

/* Section 4.3.2.4.1: a device that rejects our choice has another. */
static void a_choice_that_was_rejected(void **state)
{
	struct subchannel *sub = add(0, 0, 4);

	(void)state;
	assert_int_equal(find(1), 1);
	css.command = WRITE_FEATURES;
	css.reject = 1;
	sub->starts = 0;
	memset(sub->commands, 0, sizeof sub->commands);
	assert_true(probe() < 0);
	/* sense, revision, reset, status, status, features: then nothing */
	assert_int_equal(sub->starts, 6);
	assert_int_equal(sub->queue_bytes, 0);
}

static void features_that_are_not_ok(void **state)
{
	(void)state;
	for (int most = 1; most <= 2; most++) {
		ccw_setup(state);

		struct subchannel *sub = add(0, 0, 4);

		sub->most = most;
		sub->offered[1] = 0; /* no VERSION_1 */
		assert_int_equal(find(1), 1);
		assert_int_equal(probe(), SB_ENODEV);
		assert_int_equal(sub->queue_bytes, 0);
		assert_int_equal(sub->status & SB_VIRTIO_FAILED, SB_VIRTIO_FAILED);
	}
}

static void two_statuses(void **state)
{
	struct subchannel *sub = add(0, 0, 4);

	(void)state;
	css.first = 0x00004005; /* primary, and so pending; channel end */
	css.ends = 0x08000000;
	css.then = 0x0400abcd; /* its count means nothing */
	assert_int_equal(find(1), 1);
	assert_int_equal(probe(), SB_OK);
	css.then = 0x06000000; /* device end, with a unit check */
	sb_virtio_rng.stop(RNG);
	assert_int_equal(sb_virtio_rng.held(RNG), 1);
	(void)sub;
}

static void bytes_left_in_the_first_of_two(void **state)
{
	(void)state;
	(void)add(0, 0, 4);
	css.first = 0x00004005;
	css.ends = 0x08000001;
	css.then = 0x04000000;
	assert_int_equal(find(1), 0);
}

/* The second says that it is the first as well: there was no primary one. */
static void a_secondary_status_alone(void **state)
{
	(void)state;
	(void)add(0, 0, 4);
	css.first = 0x00004003;
	assert_int_equal(find(1), 0);
	css.first = 0x01004011; /* deferred condition code 1 */
	assert_int_equal(find(1), 0);
	css.first = 0x03004011;
	assert_int_equal(find(1), 0);
	assert_int_equal(css.clears, 0);
	assert_int_equal(world.where[0].life, 0);
	assert_int_equal(world.rng[0].unseen, 0);
}

/* A status that nobody asked for is taken, and the command goes on. */
static void condition_codes_of_start(void **state)
{
	(void)state;
	for (int code = 1; code <= 3; code++) {
		for (int times = 1; times <= 5; times++) {
			ccw_setup(state);
			(void)alive();
			css.start = code;
			css.starts = times;
			css.looks = 0;
			sb_virtio_rng.stop(RNG);
			assert_int_equal(sb_virtio_rng.held(RNG), !(code == 1 && times < 4));
			assert_int_equal(css.looks, code == 1 ? times < 4 ? times + 1 : 4 : 0);
		}
	}
}

static void nobody_is_there_any_more(void **state)
{
	struct subchannel *sub = alive();
	uint8_t bytes[8];

	(void)state;
	css.test = 3;
	assert_int_equal(sb_virtio_rng.read(RNG, bytes, sizeof bytes), SB_EIO);
	assert_int_equal(css.clears, 0);
	sub->name = 0;
	css.test = 0;
	assert_int_equal(probe(), SB_EIO);
	assert_int_equal(sb_virtio_rng.held(RNG), 1);
}

/* Before the reset: the program is cleared, and the next probe works. A reset
   itself that does not end leaves the memory to the device. */
static void an_end_that_does_not_come(void **state)
{
	(void)state;
	for (unsigned i = 0; i < COMMANDS; i++) {
		ccw_setup(state);

		struct subchannel *sub = add(0, 0, 4);

		assert_int_equal(find(1), 1);
		css.command = commands[i];
		css.never = 1;
		no_good_end();
		assert_true(css.clears >= 1 && css.clears <= 2);
		sound_again(sub);

		int then = RNG->life ? SB_EIO : SB_OK; /* its reset was not confirmed */

		assert_int_equal(probe(), then);
	}
}

/* It may still write to the block. So the block is never used again. */
static void a_program_that_does_not_clear(void **state)
{
	(void)state;
	for (unsigned i = 0; i < COMMANDS; i += 3) {
		ccw_setup(state);

		struct subchannel *sub = add(0, 0, 4);

		assert_int_equal(find(1), 1);
		css.command = commands[i];
		css.never = css.uncleared = 1;
		no_good_end();
		assert_int_equal(css.clears, 1);
		sound_again(sub);
		sub->starts = 0;
		assert_true(probe() < 0);
		sb_virtio_rng.stop(RNG);
		assert_true(probe() < 0);
		assert_int_equal(sub->flags & ENABLED, ENABLED);
		sb_virtio_ccw.set_status(&world.where[0], 0); /* a reset does not free it */
		assert_int_equal(sub->starts, 0);
	}
}

/* Status pending, and not of the clear function. */
static void a_status_that_clears_nothing(void **state)
{
	struct subchannel *sub = add(0, 0, 4);

	(void)state;
	css.first = 0x00004001; /* pending, of the start function, without an end */
	css.uncleared = css.stale = 1;
	assert_int_equal(find(1), 0);
	assert_int_equal(css.clears, 1);
	assert_int_equal(sub->starts, 1);
	assert_int_equal(world.rng[0].unseen, 1);
}

static void silence_while_it_serves(void **state)
{
	struct subchannel *sub = alive();
	uint8_t bytes[8];

	(void)state;
	assert_int_equal(sb_virtio_rng.read(RNG, bytes, sizeof bytes), SB_EAGAIN);
	css.never = 1;
	css.looks = 0;
	assert_int_equal(sb_virtio_rng.read(RNG, bytes, sizeof bytes), SB_EIO);
	assert_in_range(css.looks, SB_VIRTIO_CCW_POLLS, SB_VIRTIO_CCW_POLLS + 2);
	assert_int_equal(sb_virtio_rng.read(RNG, bytes, sizeof bytes), SB_EIO);
	assert_in_range(css.looks, SB_VIRTIO_CCW_POLLS, SB_VIRTIO_CCW_POLLS + 2);
	sound_again(sub);
	assert_int_equal(probe(), SB_OK); /* by a reset */
}

/* Each look finds it late, but it comes. */
static void an_end_at_the_last_look(void **state)
{
	struct subchannel *sub = alive();

	(void)state;
	sub->delay = SB_VIRTIO_CCW_POLLS - 1;
	sb_virtio_rng.stop(RNG);
	assert_int_equal(sb_virtio_rng.held(RNG), 0);
	sub->delay = SB_VIRTIO_CCW_POLLS;
	css.clears = 0;
	assert_true(probe() < 0);
	assert_int_equal(css.clears, 1);
}

/* It went while it was waited for. Nobody has the memory then. */
static void gone_before_it_is_cleared(void **state)
{
	struct subchannel *sub = alive();

	(void)state;
	css.never = css.gone = 1;
	css.looks = 0;
	assert_int_equal(sb_virtio_ccw.set_queue(dirty(), &(struct sb_virtio_queue){ 0 }), SB_EIO);
	assert_int_equal(css.looks, SB_VIRTIO_CCW_POLLS);
	sound_again(sub);
	assert_int_equal(sb_virtio_ccw.find(dirty(), 4), SB_OK);
}

static void a_reset_that_is_rejected(void **state)
{
	struct subchannel *sub = alive();

	(void)state;
	css.command = RESET;
	css.reject = 1;
	sb_virtio_rng.stop(RNG);
	assert_int_equal(sb_virtio_rng.held(RNG), 1);
	sound_again(sub);
	assert_int_equal(probe(), SB_EIO); /* its memory is the device's for good */
}

static void a_busy_subchannel(void **state)
{
	struct subchannel *sub = add(0, 0, 4);

	(void)state;
	sub->flags |= ENABLED; /* a firmware used it, and left a status behind */
	status_is(sub, 0x00004007, 0x0c000000);
	assert_int_equal(find(1), 1);
	css.modify = 2;
	css.modifies = 10;
	css.clears = 0;
	assert_int_equal(find(1), 1);
	assert_int_equal(css.clears, 1);
	css.modifies = 1000000;
	css.looks = 0;
	assert_int_equal(find(1), 0);
	assert_true(css.looks <= 2 * SB_VIRTIO_CCW_POLLS);
	css.modify = 3;
	css.looks = 0;
	css.clears = 0;
	assert_int_equal(find(1), 0);
	assert_int_equal(css.looks + css.clears, 0);
}

/* One in front hides nobody. Many do, so that the search ends. */
static void silent_ones_in_front(void **state)
{
	(void)state;
	for (unsigned silent = 7; silent <= 8; silent++) {
		ccw_setup(state);
		for (unsigned i = 0; i < silent; i++)
			add(0, i, 4)->delay = 10 * SB_VIRTIO_CCW_POLLS;

		struct subchannel *sub = add(0, silent, 4);

		assert_int_equal(find(2), silent < 8);
		assert_int_equal(sub->starts != 0, silent < 8);
		assert_int_equal(world.rng[0].unseen, silent == 8);
		assert_int_equal(world.rng[1].unseen, silent == 8);
	}
}

static void a_lost_block_ends_the_search(void **state)
{
	struct subchannel *next;

	(void)state;
	(void)add(0, 0, 4);
	next = add(0, 1, 4);
	css.never = css.uncleared = 1;
	memset(&world.where[0].block, 0xff, sizeof world.where[0].block); /* no status comes */
	assert_int_equal(find(2), 0);
	assert_int_equal(css.clears, 1);
	assert_int_equal(css.looks, 2 * SB_VIRTIO_CCW_POLLS);
	assert_int_equal(next->starts, 0);
	assert_int_equal(world.rng[0].unseen, 1);
	css.never = css.uncleared = 0;
	assert_int_equal(find(2), 0); /* and each later one */
	assert_int_equal(next->starts, 0);
}

static void features_bit_by_bit(void **state)
{
	struct subchannel *sub = alive();

	(void)state;
	for (unsigned word = 0; word < 2; word++) {
		sub->offered[word] = 0x81c3a5f7u + word;
		assert_int_equal(sb_virtio_ccw.offered(dirty(), word), 0x81c3a5f7u + word);
		sb_virtio_ccw.accept(dirty(), word, 0xf7a5c381u + word);
		assert_int_equal(sub->accepted[word], 0xf7a5c381u + word);
	}
	css.reject = 1;
	assert_int_equal(sb_virtio_ccw.offered(dirty(), 0), 0);
	css.reject = 0;
	assert_int_equal(sb_virtio_ccw.offered(dirty(), 0), 0x81c3a5f7u);
	css.reject = 1;
	sb_virtio_ccw.accept(dirty(), 0, 0);
	css.reject = 0;
	assert_int_equal(sb_virtio_ccw.offered(dirty(), 0), 0); /* it is asked nothing */
}

static void a_queue_bit_by_bit(void **state)
{
	static const struct sb_virtio_queue queue = { 0x8122334455667788u, 0x99aabbccddeeff01u,
						      0xf123456789abcde2u, 0x8421 };
	static const uint8_t modern[32] = { 0x81, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88,
					    0,    0,    0,    0,    0,    0,    0x84, 0x21,
					    0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0x01,
					    0xf1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xe2 };
	static const uint8_t legacy[16] = { 0x81, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88,
					    0,    0,    0x10, 0,    0,    0,    0x84, 0x21 };
	struct subchannel *sub = alive();

	(void)state;
	sub->size = 0x8421;
	assert_int_equal(sb_virtio_ccw.queue_size(dirty()), 0x8421);
	assert_int_equal(sb_virtio_ccw.set_queue(dirty(), &queue), SB_OK);
	assert_memory_equal(sub->queue, modern, sizeof modern);
	sub->revision = 0;
	assert_int_equal(sb_virtio_ccw_legacy.set_queue(dirty(), &queue), SB_OK);
	assert_memory_equal(sub->queue, legacy, sizeof legacy);
	css.reject = 1;
	assert_int_equal(sb_virtio_ccw.queue_size(dirty()), 0);
	assert_int_equal(sb_virtio_ccw.set_queue(dirty(), &queue), SB_EIO);
	assert_int_equal(sb_virtio_ccw_legacy.set_queue(dirty(), &queue), SB_EIO);
}

static void a_status_that_nobody_says(void **state)
{
	struct subchannel *sub = alive();

	(void)state;
	assert_int_equal(sb_virtio_ccw.status(dirty()), 15);
	css.command = READ_STATUS;
	css.reject = 1;
	assert_int_equal(sb_virtio_ccw.status(dirty()), 0xff);
	css.command = WRITE_STATUS;
	sb_virtio_ccw.set_status(dirty(), 128); /* rejected: the one before stays */
	assert_int_equal(sb_virtio_ccw.status(dirty()), 15);
	css.command = RESET;
	sub->starts = 0;
	sb_virtio_ccw.set_status(dirty(), 0);
	assert_int_equal(sb_virtio_ccw.status(dirty()), 0xff);
	assert_int_equal(sub->starts, 1); /* nothing is asked behind it */
	css.reject = 0;
	sb_virtio_ccw.set_status(dirty(), 0);
	assert_int_equal(sb_virtio_ccw.status(dirty()), 0);
	assert_int_equal(sub->starts, 2); /* the end of the command says it */
}

static void the_status_of_revision_1(void **state)
{
	struct subchannel *sub = add(0, 0, 4);

	(void)state;
	sub->most = 1;
	assert_int_equal(find(1), 1);
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(sb_virtio_ccw.status(dirty()), 15);
	css.reject = 1;
	sb_virtio_ccw.set_status(dirty(), 128);
	assert_int_equal(sb_virtio_ccw.status(dirty()), 15);
	sb_virtio_ccw.set_status(dirty(), 0);
	assert_int_equal(sb_virtio_ccw.status(dirty()), 0xff);
}

static void what_a_search_says(void **state)
{
	struct subchannel *sub = alive();
	const struct sb_virtio_transport *both[] = { &sb_virtio_ccw, &sb_virtio_ccw_legacy };

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct sb_virtio_ccw *at = dirty();

		assert_int_equal(both[i]->find(at, 4), SB_OK);
		assert_int_equal(sub->revision, i ? 0 : 2);
		assert_int_equal(both[i]->find(at, 5), SB_ENODEV);
		sub->type = 0x3833;
		assert_int_equal(both[i]->find(at, 4), SB_ENODEV);
		sub->type = 0x3832;
		css.command = SET_REVISION;
		css.reject = 1;
		assert_int_equal(both[i]->find(at, 4), i ? SB_OK : SB_ENODEV);
		css.reject = 0;
		css.never = 1;
		assert_int_equal(both[i]->find(at, 4), SB_ENODEV);
		sound_again(sub);
		assert_int_equal(both[i]->find(at, 4), SB_OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_CCW(among_others),
					    ON_CCW(features_bit_by_bit),
					    ON_CCW(a_queue_bit_by_bit),
					    ON_CCW(a_status_that_nobody_says),
					    ON_CCW(the_status_of_revision_1),
					    ON_CCW(what_a_search_says),
					    ON_CCW(as_many_as_there_are_rows),
					    ON_CCW(sets),
					    ON_CCW(a_set_without_an_end),
					    ON_CCW(many_others_in_front),
					    ON_CCW(a_device_of_unknown_revision),
					    ON_CCW(out_of_reach),
					    ON_CCW(the_last_place),
					    ON_CCW(the_commands_in_order),
					    ON_CCW(a_queue),
					    ON_CCW(a_legacy_queue),
					    ON_CCW(a_device_of_no_revision),
					    ON_CCW(the_ring_goes_round),
					    ON_CCW(the_legacy_ring_goes_round),
					    ON_CCW(queue_sizes),
					    ON_CCW(statuses_that_are_no_good),
					    ON_CCW(a_choice_that_was_rejected),
					    ON_CCW(features_that_are_not_ok),
					    ON_CCW(two_statuses),
					    ON_CCW(bytes_left_in_the_first_of_two),
					    ON_CCW(a_secondary_status_alone),
					    ON_CCW(condition_codes_of_start),
					    ON_CCW(nobody_is_there_any_more),
					    ON_CCW(an_end_that_does_not_come),
					    ON_CCW(a_program_that_does_not_clear),
					    ON_CCW(a_status_that_clears_nothing),
					    ON_CCW(silence_while_it_serves),
					    ON_CCW(an_end_at_the_last_look),
					    ON_CCW(gone_before_it_is_cleared),
					    ON_CCW(a_reset_that_is_rejected),
					    ON_CCW(a_busy_subchannel),
					    ON_CCW(silent_ones_in_front),
					    ON_CCW(a_lost_block_ends_the_search) };

	return cmocka_run_group_tests_name("virtio over channel I/O", tests, NULL, NULL);
}
