/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU leaves /psci to the firmware where there is one. QEMU's tree has free
 * room behind its last part, the strings (Devicetree Specification 0.4, section
 * 5.2), and its structure ends with the end of the root.
 */
#include "firmware.h"

#define TREE_STRUCTURE 2
#define TREE_STRINGS 3
#define TREE_STRINGS_LEN 8
#define TREE_STRUCTURE_LEN 9
#define TREE_ENDS 8u /* bytes: the end of the root, and that of the structure */

static uint32_t tree_word(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void tree_set(uint8_t *at, uint32_t word)
{
	for (unsigned i = 0; i < 4; i++)
		at[i] = (uint8_t)(word >> (24 - 8 * i));
}

static uint8_t *tree_put(uint8_t *at, const char *bytes, uint32_t len)
{
	for (uint32_t i = 0; i < (len + 3) / 4 * 4; i++)
		*at++ = i < len ? (uint8_t)bytes[i] : 0;
	return at;
}

static uint8_t *tree_token(uint8_t *at, uint32_t token)
{
	tree_set(at, token);
	return at + 4;
}

static uint8_t *tree_property(uint8_t *at, uint32_t name, const char *value, uint32_t len)
{
	at = tree_token(at, 3);
	at = tree_token(at, len);
	at = tree_token(at, name);
	return tree_put(at, value, len);
}

void tree_add_psci(uint8_t *tree, const char *method)
{
	static const char names[] = "compatible\0method";
	static const char known[] = "arm,psci-1.0\0arm,psci-0.2\0arm,psci";
	uint8_t node[96] = { 0 }, *end = node;
	uint32_t strings = tree_word(tree + 4 * TREE_STRINGS);
	uint32_t names_at = tree_word(tree + 4 * TREE_STRINGS_LEN);
	uint32_t length = tree_word(tree + 4 * TREE_STRUCTURE_LEN);
	uint8_t *to = tree + tree_word(tree + 4 * TREE_STRUCTURE) + length - TREE_ENDS;
	uint32_t size;

	end = tree_put(tree_token(end, 1), "psci", 5);
	end = tree_property(end, names_at, known, sizeof known);
	end = tree_property(end, names_at + 11, method, 4);
	end = tree_token(tree_token(tree_token(end, 2), 2), 9); /* /psci, /, all */
	size = (uint32_t)(end - node) - TREE_ENDS;
	for (uint32_t i = names_at; i; i--)
		tree[strings + size + i - 1] = tree[strings + i - 1];
	for (uint32_t i = 0; i < sizeof names; i++)
		tree[strings + size + names_at + i] = (uint8_t)names[i];
	for (uint32_t i = 0; i < size + TREE_ENDS; i++)
		to[i] = node[i];
	tree_set(tree + 4 * TREE_STRINGS, strings + size);
	tree_set(tree + 4 * TREE_STRINGS_LEN, names_at + sizeof names);
	tree_set(tree + 4 * TREE_STRUCTURE_LEN, length + size);
}
