/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef MEMORY_H
#define MEMORY_H

#include "io.h"
#include "user.h"

/* Each access has its own width, and touches nothing beside it. */
static void memory(void)
{
	static uint32_t word[3];
	uintptr_t at = (uintptr_t)&word[1];

	word[0] = word[1] = word[2] = 0x8899aabb;
	CHECK(sb_io_read8(at) == 0xbb && sb_io_read16(at) == 0xaabb);
	CHECK(sb_io_read32(at) == 0x8899aabb);
	sb_io_write8(at, 0x11);
	CHECK(word[1] == 0x8899aa11);
	sb_io_write16(at, 0x2233);
	CHECK(word[1] == 0x88992233);
	sb_io_write32(at, 0x44556677);
	CHECK(word[1] == 0x44556677);
	CHECK(word[0] == 0x8899aabb && word[2] == 0x8899aabb);
	sb_io_publish();
	sb_io_acquire();
	sb_io_relax();
}

#endif
