/* SPDX-License-Identifier: BSD-2-Clause */
/* The firmware's client interface: IEEE 1275, section 6.3.1. */
#include <string.h>
#include "pseries.h"

/* The name, two counts, and up to four arguments and one answer. */
#define TREE_ARGUMENTS 4
#define TREE_CELLS (3 + TREE_ARGUMENTS + 1)
#define TREE_NONE UINT32_MAX

static uint32_t tree_firmware;

void pseries_store(uint8_t *at, uint32_t value)
{
	for (int i = 3; i >= 0; i--, value >>= 8)
		at[i] = (uint8_t)value;
}

uint32_t pseries_load(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* All addresses here have 32 bits. */
static uint32_t tree_at(const void *at)
{
	return (uint32_t)(uintptr_t)at;
}

static uint32_t tree_call(const char *service, uint32_t count, const uint32_t *argument)
{
	static uint8_t cells[TREE_CELLS * 4] __attribute__((aligned(8)));

	pseries_store(cells, tree_at(service));
	pseries_store(cells + 4, count);
	pseries_store(cells + 8, 1);
	for (uint32_t i = 0; i < count; i++)
		pseries_store(cells + 12 + 4 * i, argument[i]);
	pseries_store(cells + 12 + 4 * count, TREE_NONE);
	pseries_firmware(tree_at(cells), tree_firmware);
	__asm__ volatile("" : : : "memory");
	return pseries_load(cells + 12 + 4 * count);
}

/* A node, or 0. */
static uint32_t tree_node(const char *service, uint32_t argument)
{
	uint32_t node = tree_call(service, 1, &argument);

	return node == TREE_NONE ? 0 : node;
}

void pseries_tree_start(uint32_t firmware)
{
	tree_firmware = firmware;
}

uint32_t pseries_node(const char *path)
{
	return tree_node("finddevice", tree_at(path));
}

uint32_t pseries_child(uint32_t node)
{
	return tree_node("child", node);
}

uint32_t pseries_instance(uint32_t instance)
{
	return tree_node("instance-to-package", instance);
}

int pseries_property(uint32_t node, const char *name, void *value, uint32_t len)
{
	uint32_t argument[] = { node, tree_at(name), tree_at(value), len };
	uint32_t found = node ? tree_call("getprop", TREE_ARGUMENTS, argument) : 0;

	if (found == TREE_NONE)
		return 0;
	return (int)(found < len ? found : len);
}

uint32_t pseries_cell(uint32_t node, const char *name)
{
	uint8_t cell[4];

	return pseries_property(node, name, cell, sizeof cell) == sizeof cell ? pseries_load(cell)
									      : 0;
}

void pseries_tree_end(void)
{
	(void)tree_call("quiesce", 0, NULL);
	tree_firmware = 0;
}
