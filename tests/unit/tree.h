/* SPDX-License-Identifier: BSD-2-Clause */
/* A device tree, node by node: Devicetree Specification 0.4, chapter 5. */
#ifndef TREE_H
#define TREE_H

#include <stdint.h>
#include <string.h>

#ifndef TREE_BYTES
#define TREE_BYTES 4096
#endif
#define STRUCTURE 56u /* behind the header and an empty list of reserved memory */

static uint8_t blob[TREE_BYTES] __attribute__((aligned(8)));
static char names[TREE_BYTES / 4];
static uint32_t blob_len, names_len, structure_len;

static void set(uint32_t at, uint32_t word)
{
	for (unsigned i = 0; i < 4; i++)
		blob[at + i] = (uint8_t)(word >> (24 - 8 * i));
}

static void word(uint32_t w)
{
	set(blob_len, w);
	blob_len += 4;
}

static void bytes(const void *from, size_t len)
{
	memcpy(blob + blob_len, from, len);
	blob_len += (uint32_t)(len + 3) & ~3u;
}

static void node(const char *name)
{
	word(1);
	bytes(name, strlen(name) + 1);
}

static void property(const char *name, const void *from, size_t len)
{
	word(3);
	word((uint32_t)len);
	word(names_len);
	bytes(from, len);
	memcpy(names + names_len, name, strlen(name) + 1);
	names_len += (uint32_t)strlen(name) + 1;
}

static void end(void)
{
	word(2);
}

static void begin(void)
{
	memset(blob, 0, sizeof blob);
	blob_len = STRUCTURE;
	names_len = 0;
}

static void finish(void)
{
	static const uint8_t order[] = { 0, 4, 8, 12, 16, 20, 24, 28, 32, 36 };
	uint32_t header[10];

	word(9);
	structure_len = blob_len - STRUCTURE;
	memcpy(blob + blob_len, names, names_len);
	header[0] = 0xd00dfeed;
	header[1] = blob_len + names_len;
	header[2] = STRUCTURE;
	header[3] = blob_len;
	header[4] = 40;
	header[5] = 17;
	header[6] = 16;
	header[7] = 0;
	header[8] = names_len;
	header[9] = structure_len;
	for (size_t i = 0; i < sizeof order; i++)
		set(order[i], header[i]);
	blob_len += names_len;
}

#endif
