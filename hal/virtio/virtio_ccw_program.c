/* SPDX-License-Identifier: BSD-2-Clause */
/* One channel program at a time, and its end. */
#include "io.h"
#include "virtio_ccw.h"

/* Principles of Operation, chapter 15: the CCW of format 1. A wrong length is
   no error of the channel's: we ask for as many bytes as we know, and see in
   the residual count that all of them moved. */
#define PROGRAM_ANY_LENGTH 0x20u
#define PROGRAM_REACH 0x80000000u

/* Chapter 15: word 1 of the ORB. Format 1, over each path. */
#define PROGRAM_ORB 0x0080ff00u

/* Chapter 16: word 0 of the SCSW, which is first in the IRB, and word 2. */
#define PROGRAM_DEFERRED 0x03000000u
#define PROGRAM_CLEARED 0x00001000u
#define PROGRAM_PRIMARY 0x04u
#define PROGRAM_SECONDARY 0x02u
#define PROGRAM_WORD2 8
#define PROGRAM_LEFT 0xffffu
#define PROGRAM_GOOD 0x0c000000u /* channel end and device end, nothing else */

/* Chapter 15: words of the PMCW, first in the SCHIB. */
#define PROGRAM_PMCW_FLAGS 4
#define PROGRAM_PMCW_PATHS 8 /* the logical path mask; the first byte of four */
#define PROGRAM_PMCW_OPEN 14 /* the path operational mask */

#define PROGRAM_STARTS 4u /* each behind a status that was pending */

static uint64_t program_address(const struct sb_virtio_ccw *at, const volatile void *place)
{
	return at->dma && at->dma->address ? at->dma->address(place) : (uintptr_t)place;
}

/* The command is before its data, and in the same cache line. */
int sb_virtio_ccw_reaches(const struct sb_virtio_ccw *at)
{
	return program_address(at, at->block.data) <= PROGRAM_REACH - sizeof at->block.data;
}
SB_OWN(sb_virtio_ccw_reaches);

static void program_write(struct sb_virtio_ccw *at, uint8_t command, uint16_t len)
{
	struct sb_virtio_ccw_block *block = &at->block;

	block->command[0] = command;
	block->command[1] = PROGRAM_ANY_LENGTH;
	ccw_put16(block->command + 2, len);
	ccw_put32(block->command + 4, (uint32_t)program_address(at, block->data));
	for (size_t i = 0; i < sizeof block->orb; i++)
		block->orb[i] = 0;
	ccw_put32(block->orb + 4, PROGRAM_ORB);
	ccw_put32(block->orb + 8, (uint32_t)program_address(at, block->command));
	if (at->dma && at->dma->to_device)
		at->dma->to_device(block, sizeof *block);
	sb_io_publish();
}

/* Nonzero: it is started. A status may be pending that nobody asked for. It is
   taken first. */
static int program_start(struct sb_virtio_ccw *at)
{
	for (unsigned starts = 0; starts < PROGRAM_STARTS; starts++) {
		int condition = at->channel->start(at->subchannel, at->block.orb);

		if (condition != 1)
			return condition == 0;
		at->channel->test(at->subchannel, at->block.irb);
	}
	return 0;
}

/* No end came. The block may be used again once the subchannel says that the
   program is cleared, or that there is nobody. */
static void program_clear(struct sb_virtio_ccw *at)
{
	int condition = at->channel->clear(at->subchannel);

	at->life = CCW_FAILED;
	for (uint32_t polls = 0; polls < SB_VIRTIO_CCW_POLLS && condition != 3; polls++) {
		condition = at->channel->test(at->subchannel, at->block.irb);
		if (condition == 0 && ccw_get32(at->block.irb) & PROGRAM_CLEARED)
			return;
		sb_io_relax();
	}
	if (condition != 3)
		at->life = CCW_LOST;
}

/* Nonzero: the end is good. Its two parts may come in one status or in two. The
   first, the primary one, alone knows how many bytes are left. */
static int program_wait(struct sb_virtio_ccw *at)
{
	uint32_t ends = PROGRAM_LEFT;

	for (uint32_t polls = 0; polls < SB_VIRTIO_CCW_POLLS; polls++) {
		int condition = at->channel->test(at->subchannel, at->block.irb);
		uint32_t first = ccw_get32(at->block.irb);
		uint32_t word2 = ccw_get32(at->block.irb + PROGRAM_WORD2);

		if (condition == 3 || (condition == 0 && first & PROGRAM_DEFERRED))
			return 0;
		if (condition == 0) {
			if (first & PROGRAM_PRIMARY)
				ends &= ~PROGRAM_LEFT | word2;
			ends |= word2 & ~PROGRAM_LEFT;
			if (first & PROGRAM_SECONDARY)
				return ends == PROGRAM_GOOD;
		}
		sb_io_relax();
	}
	program_clear(at);
	return 0;
}

static int program_runs(struct sb_virtio_ccw *at, uint8_t command, uint16_t len)
{
	if (at->life != CCW_READY || !sb_virtio_ccw_reaches(at))
		return 0;
	program_write(at, command, len);
	return program_start(at) && program_wait(at);
}

int sb_virtio_ccw_run(struct sb_virtio_ccw *at, uint8_t command, uint16_t len)
{
	if (!program_runs(at, command, len))
		return SB_EIO;
	sb_io_acquire();
	if (at->dma && at->dma->to_cpu)
		at->dma->to_cpu(at->block.data, sizeof at->block.data);
	return SB_OK;
}
SB_OWN(sb_virtio_ccw_run);

/* Nothing of the host's goes back to it: the block is made anew. A subchannel
   that is busy, or has a status pending, refuses the change. */
int sb_virtio_ccw_enable(struct sb_virtio_ccw *at, uint32_t flags)
{
	uint8_t *schib = at->block.schib;

	for (size_t i = 0; i < sizeof at->block.schib; i++)
		schib[i] = 0;
	ccw_put16(schib + PROGRAM_PMCW_FLAGS, flags);
	schib[PROGRAM_PMCW_PATHS] = 0xff;
	schib[PROGRAM_PMCW_OPEN] = 0xff;
	for (uint32_t polls = 0; polls < SB_VIRTIO_CCW_POLLS; polls++) {
		int condition = at->channel->modify(at->subchannel, schib);

		if (condition == 0 || condition == 3)
			return condition == 0;
		if (polls == 0)
			at->channel->clear(at->subchannel);
		at->channel->test(at->subchannel, at->block.irb);
		sb_io_relax();
	}
	return 0;
}
SB_OWN(sb_virtio_ccw_enable);
