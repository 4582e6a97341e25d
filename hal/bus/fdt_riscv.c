/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_fdt_riscv.h"

enum { RISCV_REG, RISCV_LIST, RISCV_ISA, RISCV_BLOCK, RISCV_PROPERTIES };

static const char *const riscv_properties[RISCV_PROPERTIES] = {
	[RISCV_REG] = "reg",
	[RISCV_LIST] = "riscv,isa-extensions",
	[RISCV_ISA] = "riscv,isa",
	[RISCV_BLOCK] = "riscv,cbom-block-size",
};

static int riscv_cpu(const struct sb_fdt *fdt, uint32_t *at,
		     struct sb_fdt_value value[RISCV_PROPERTIES])
{
	return sb_fdt_each(fdt, "riscv", at, riscv_properties, value, RISCV_PROPERTIES) == SB_OK;
}

/* Nonzero: a name stands at `at`, up to its end. */
static int riscv_word(const struct sb_fdt_value *text, uint32_t at, uint8_t end, const char *name)
{
	uint32_t len = 0;

	while (name[len])
		len++;
	if (text->len - at <= len)
		return 0;
	for (uint32_t i = 0; i < len; i++)
		if (text->at[at + i] != (uint8_t)name[i])
			return 0;
	return text->at[at + len] == end || !text->at[at + len];
}

/* Nonzero: a name stands at the begin of a list of texts, or behind a zero. */
static int riscv_lists(const struct sb_fdt_value *list, const char *name)
{
	for (uint32_t at = 0; at < list->len; at++)
		if ((!at || !list->at[at - 1]) && riscv_word(list, at, 0, name))
			return 1;
	return 0;
}

/* Nonzero: a name stands behind an underscore of a text. */
static int riscv_spells(const struct sb_fdt_value *text, const char *name)
{
	for (uint32_t at = 0; at < text->len && text->at[at]; at++)
		if (text->at[at] == '_' && riscv_word(text, at + 1, '_', name))
			return 1;
	return 0;
}

static int riscv_cpu_has(const struct sb_fdt_value value[RISCV_PROPERTIES], const char *name)
{
	if (value[RISCV_LIST].at)
		return riscv_lists(&value[RISCV_LIST], name);
	return value[RISCV_ISA].at && riscv_spells(&value[RISCV_ISA], name);
}

int sb_fdt_riscv_has(const struct sb_fdt *fdt, const char *extension, const char *bundle)
{
	struct sb_fdt_value value[RISCV_PROPERTIES];
	uint32_t at = 0;
	int found = 0;

	for (; riscv_cpu(fdt, &at, value); found = 1)
		if (!riscv_cpu_has(value, extension) && !(bundle && riscv_cpu_has(value, bundle)))
			return 0;
	return found;
}
SB_OWN(sb_fdt_riscv_has);

uint32_t sb_fdt_riscv_block(const struct sb_fdt *fdt)
{
	struct sb_fdt_value value[RISCV_PROPERTIES];
	uint32_t at = 0, smallest = 0, block;

	while (riscv_cpu(fdt, &at, value)) {
		block = value[RISCV_BLOCK].at ? sb_fdt_cell(&value[RISCV_BLOCK], 0) : 0;
		if (!riscv_cpu_has(value, "zicbom") || !block || block & (block - 1))
			return 0;
		smallest = smallest && smallest < block ? smallest : block;
	}
	return smallest;
}
SB_OWN(sb_fdt_riscv_block);
