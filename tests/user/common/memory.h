/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef MEMORY_H
#define MEMORY_H

#include "io.h"
#include "user.h"

static uint8_t memory_bytes[12] __attribute__((aligned(4)));

/* The word in the middle, from its first byte on. The two beside it are as they
   were. */
static int memory_is(uint8_t first, uint8_t second, uint8_t third, uint8_t fourth)
{
	const volatile uint8_t *at = memory_bytes;
	int right = 1;

	for (size_t i = 0; i < 12; i += i == 3 ? 5 : 1)
		right &= at[i] == 0xbb - i % 4 * 0x11;
	return right && at[4] == first && at[5] == second && at[6] == third && at[7] == fourth;
}

/* Each access has its own width, is little-endian on every CPU, and touches
   nothing beside it. */
static void memory(void)
{
	uintptr_t at = (uintptr_t)&memory_bytes[4];

	for (size_t i = 0; i < 12; i++)
		memory_bytes[i] = (uint8_t)(0xbb - i % 4 * 0x11);
	CHECK(memory_is(0xbb, 0xaa, 0x99, 0x88));
	CHECK(sb_io_read8(at) == 0xbb && sb_io_read16(at) == 0xaabb);
	CHECK(sb_io_read32(at) == 0x8899aabb);
	sb_io_write8(at, 0x11);
	CHECK(memory_is(0x11, 0xaa, 0x99, 0x88));
	sb_io_write16(at, 0x2233);
	CHECK(memory_is(0x33, 0x22, 0x99, 0x88));
	sb_io_write32(at, 0x44556677);
	CHECK(memory_is(0x77, 0x66, 0x55, 0x44));
	sb_io_publish();
	sb_io_acquire();
	sb_io_relax();
}

#endif
