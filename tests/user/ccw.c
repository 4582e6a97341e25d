/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory of a channel program on a machine whose caches the channel does
 * not see. Each instruction, each range that is cleaned or invalidated, and
 * each barrier is in a log. Needs hal/virtio/virtio_ccw_program.c.
 */
#include "io.h"
#include "user.h"
#include "virtio_ccw.h"

static char happened[64];
static unsigned events, looks, end_after, relaxes;
static int modified;
static struct sb_virtio_ccw at;

int user_trap(const struct user_cpu *cpu)
{
	(void)cpu;
	return 0;
}

static void event(char what)
{
	if (events + 1 < sizeof happened)
		happened[events++] = what;
}

static int did(const char *want)
{
	unsigned i = 0;

	while (i < events && happened[i] == want[i])
		i++;
	events = 0;
	return want[i] == 0;
}

static void to_device(const volatile void *place, size_t len)
{
	CHECK(place == &at.block && len == sizeof at.block);
	CHECK(at.block.command[0] == CCW_READ_STATUS); /* it is written before */
	event('d');
}

static void to_cpu(const volatile void *place, size_t len)
{
	CHECK(place == at.block.data && len == sizeof at.block.data);
	event('c');
}

static uint64_t address(const volatile void *place)
{
	return 0x40000000u + ((uintptr_t)place - (uintptr_t)&at.block);
}

void watched_publish(void)
{
	event('p');
}

void watched_acquire(void)
{
	event('a');
}

void watched_relax(void)
{
	relaxes++;
	event('r');
}

static int start(uint32_t subchannel, const void *orb)
{
	CHECK(subchannel == 0x10007 && orb == at.block.orb);
	event('S');
	return 0;
}

static int test(uint32_t subchannel, void *irb)
{
	CHECK(subchannel == 0x10007 && irb == at.block.irb);
	event('T');
	if (looks++ < end_after)
		return 1;
	for (unsigned i = 0; i < sizeof at.block.irb; i++)
		at.block.irb[i] = 0;
	at.block.irb[3] = 0x07;
	at.block.irb[8] = 0x0c;
	return 0;
}

static int modify(uint32_t subchannel, const void *schib)
{
	CHECK(subchannel == 0x10007 && schib == at.block.schib);
	event('M');
	return modified ? modified-- : 0;
}

static int clear(uint32_t subchannel)
{
	CHECK(subchannel == 0x10007);
	event('C');
	return 0;
}

static const struct sb_channel channel = {
	.start = start, .test = test, .modify = modify, .clear = clear
};
static const struct sb_dma caches = { address, to_device, to_cpu, 0 };
static const struct sb_dma coherent = { address, NULL, NULL, 0 };

/* Written, cleaned and published; then started, looked at, and taken. */
static void a_program(void)
{
	looks = 0;
	end_after = 0;
	at.dma = &caches;
	CHECK(sb_virtio_ccw_run(&at, CCW_READ_STATUS, 1) == SB_OK);
	CHECK(did("dpSTac"));
	at.dma = &coherent;
	CHECK(sb_virtio_ccw_run(&at, CCW_READ_STATUS, 1) == SB_OK);
	CHECK(did("pSTa"));
	looks = 0;
	end_after = 2;
	CHECK(sb_virtio_ccw_run(&at, CCW_READ_STATUS, 1) == SB_OK);
	CHECK(did("pSTrTrTa"));
}

/* Without functions for it, the channel reads where the CPU does. */
static void no_functions(void)
{
	static const struct sb_dma none = { NULL, NULL, NULL, 0 };
	const struct sb_dma *both[] = { NULL, &none };

	for (unsigned i = 0; i < 2; i++) {
		int reaches = (uintptr_t)&at + sizeof at <= 0x80000000u;

		looks = 0;
		end_after = 0;
		at.dma = both[i];
		CHECK(sb_virtio_ccw_reaches(&at) == reaches);
		if (!reaches)
			continue;
		CHECK(sb_virtio_ccw_run(&at, CCW_READ_STATUS, 1) == SB_OK);
		CHECK(did("pSTa"));
		CHECK(ccw_get32(at.block.command + 4) == (uintptr_t)at.block.data);
		CHECK(ccw_get32(at.block.orb + 8) == (uintptr_t)at.block.command);
	}
}

/* Each look at what does not end is a breath. */
static void silence(void)
{
	looks = 0;
	relaxes = 0;
	end_after = 0xffffffffu;
	CHECK(sb_virtio_ccw_run(&at, CCW_READ_STATUS, 1) == SB_EIO);
	CHECK(looks == 2 * SB_VIRTIO_CCW_POLLS && relaxes == looks);
	CHECK(at.life == CCW_LOST);
	at.life = CCW_READY;
	events = 0;
}

/* What is busy is cleared once, and then waited for. */
static void a_change(void)
{
	CHECK(sb_virtio_ccw_enable(&at, CCW_ENABLED));
	CHECK(did("M"));
	modified = 2;
	CHECK(sb_virtio_ccw_enable(&at, CCW_ENABLED));
	CHECK(did("MCTrMTrM"));
}

void user_main(void)
{
	at.channel = &channel;
	at.subchannel = 0x10007;
	RUN(a_program);
	RUN(no_functions);
	RUN(silence);
	RUN(a_change);
}
