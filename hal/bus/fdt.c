/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_fdt.h"

/* Devicetree Specification 0.4, section 5.2: big-endian words. */
#define FDT_MAGIC 0xd00dfeedu
/* The header of version 17. Its last word is the length of the structure. */
#define FDT_HEADER 40u
#define FDT_TOTAL 1
#define FDT_STRUCTURE 2
#define FDT_STRINGS 3
#define FDT_VERSION 5
#define FDT_COMPATIBLE_VERSION 6
#define FDT_STRINGS_LEN 8
#define FDT_STRUCTURE_LEN 9

/* Section 5.4.1. */
#define FDT_BEGIN_NODE 1u
#define FDT_END_NODE 2u
#define FDT_PROPERTY 3u
#define FDT_HEAD 12u /* bytes of a property before its value */
#define FDT_NOP 4u

/* One token of the structure. */
struct fdt_token {
	uint32_t kind;
	const char *name; /* of a node or a property; it ends within the blob */
	struct sb_fdt_value value;
};

static uint32_t fdt_word(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The bytes of the name at an offset, with its final zero. 0: the name is too
   long, or does not end within `len` bytes. */
static uint32_t fdt_text(const uint8_t *from, uint32_t offset, uint32_t len)
{
	for (uint32_t used = 1; used <= SB_FDT_NAME_MAX && offset < len; used++, offset++)
		if (!from[offset])
			return used;
	return 0;
}

int sb_fdt_open(struct sb_fdt *fdt, void *blob, size_t most)
{
	uint8_t *header = blob;
	uint32_t word[FDT_STRUCTURE_LEN + 1];

	if (!header || (uintptr_t)header % 4 || most < FDT_HEADER)
		return SB_ENODEV;
	for (uint32_t i = 0; i <= FDT_STRUCTURE_LEN; i++)
		word[i] = fdt_word(header + 4 * i);
	if (word[0] != FDT_MAGIC || word[FDT_TOTAL] > most || word[FDT_TOTAL] > INT32_MAX ||
	    word[FDT_VERSION] < 17 || word[FDT_COMPATIBLE_VERSION] > 17)
		return SB_ENODEV;
	if (word[FDT_STRUCTURE] > word[FDT_TOTAL] ||
	    word[FDT_STRUCTURE_LEN] > word[FDT_TOTAL] - word[FDT_STRUCTURE] ||
	    word[FDT_STRUCTURE] % 4 || word[FDT_STRINGS] > word[FDT_TOTAL] ||
	    word[FDT_STRINGS_LEN] > word[FDT_TOTAL] - word[FDT_STRINGS])
		return SB_ENODEV;
	fdt->structure = header + word[FDT_STRUCTURE];
	fdt->structure_len = word[FDT_STRUCTURE_LEN];
	fdt->strings = header + word[FDT_STRINGS];
	fdt->strings_len = word[FDT_STRINGS_LEN];
	return SB_OK;
}
SB_OWN(sb_fdt_open);

/* Reads the token at *at and moves *at behind it. Returns 0 at the end, or
   where there is no valid token. No sum overflows, because sb_fdt_open found
   each part to be within the blob. */
static int fdt_next(const struct sb_fdt *fdt, uint32_t *at, struct fdt_token *token)
{
	uint32_t left = fdt->structure_len - *at, len = 4, name;

	if (*at > fdt->structure_len || left < 4)
		return 0;
	token->kind = fdt_word(fdt->structure + *at);
	if (token->kind == FDT_BEGIN_NODE) {
		token->name = (const char *)fdt->structure + *at + 4;
		name = fdt_text(fdt->structure, *at + 4, fdt->structure_len);
		if (!name)
			return 0;
		len += name;
	} else if (token->kind == FDT_PROPERTY) {
		if (left < FDT_HEAD)
			return 0;
		token->value.len = fdt_word(fdt->structure + *at + 4);
		token->value.at = fdt->structure + *at + FDT_HEAD;
		name = fdt_word(fdt->structure + *at + 8);
		if (token->value.len > left - FDT_HEAD ||
		    !fdt_text(fdt->strings, name, fdt->strings_len))
			return 0;
		token->name = (const char *)fdt->strings + name;
		len += 8 + token->value.len;
	} else if (token->kind != FDT_END_NODE && token->kind != FDT_NOP) {
		return 0;
	}
	*at += len + (0 - len) % 4;
	return 1;
}

static int fdt_same(const char *left, const char *right)
{
	for (; *left && *left == *right; left++)
		right++;
	return *left == *right;
}

/* Nonzero: the name of a node is part number n of a path, counted from 0. The
   path may omit its unit address. */
static int fdt_part_is(const char *path, unsigned n, const char *name)
{
	for (n++; n && *path; path++)
		n -= *path == '/';
	for (; *name && *name == *path; name++)
		path++;
	return (!*path || *path == '/') && (!*name || *name == '@');
}

static unsigned fdt_parts(const char *path)
{
	unsigned parts = 0;

	for (; *path; path++)
		parts += *path == '/' && path[1];
	return parts;
}

/* `depth` counts the open nodes, without the root. `on_path` counts the
   outermost of them that are on the path. */
int sb_fdt_get(const struct sb_fdt *fdt, const char *path, const char *name,
	       struct sb_fdt_value *value)
{
	uint32_t at = 0, depth = 0, on_path = 0, parts = fdt_parts(path);
	struct fdt_token token;

	if (!fdt_next(fdt, &at, &token) || token.kind != FDT_BEGIN_NODE)
		return SB_ENODEV;
	while (fdt_next(fdt, &at, &token)) {
		if (token.kind == FDT_BEGIN_NODE) {
			on_path += depth == on_path && fdt_part_is(path, on_path, token.name);
			depth++;
		} else if (token.kind == FDT_PROPERTY && depth == parts && on_path == parts &&
			   fdt_same(token.name, name)) {
			*value = token.value;
			return SB_OK;
		} else if (token.kind == FDT_END_NODE) {
			if (!depth)
				return SB_ENODEV;
			depth--;
			on_path = on_path < depth ? on_path : depth;
		}
	}
	return SB_ENODEV;
}
SB_OWN(sb_fdt_get);

/* Section 2.3.1: a list of texts, each with its final zero. */
static int fdt_lists(const struct sb_fdt_value *list, const char *what)
{
	uint32_t at = 0, len;

	while ((len = fdt_text(list->at, at, list->len)) != 0) {
		if (fdt_same((const char *)list->at + at, what))
			return 1;
		at += len;
	}
	return 0;
}

int sb_fdt_each(const struct sb_fdt *fdt, const char *compatible, uint32_t *at,
		const char *const name[], struct sb_fdt_value value[], unsigned count)
{
	struct fdt_token token;
	int is = 0, off = 0;

	for (unsigned i = 0; i < count; i++)
		value[i].at = NULL;
	while (fdt_next(fdt, at, &token)) {
		if (token.kind == FDT_PROPERTY) {
			is |= fdt_same(token.name, "compatible") &&
			      fdt_lists(&token.value, compatible);
			off |= fdt_same(token.name, "status") && !fdt_lists(&token.value, "okay") &&
			       !fdt_lists(&token.value, "ok");
			for (unsigned i = 0; i < count; i++)
				if (fdt_same(token.name, name[i]))
					value[i] = token.value;
		} else if (token.kind != FDT_NOP) {
			/* properties precede the children: section 5.4.2 */
			if (is && !off && value[0].at)
				return SB_OK;
			is = off = 0;
			for (unsigned i = 0; i < count; i++)
				value[i].at = NULL;
		}
	}
	return SB_ENODEV;
}
SB_OWN(sb_fdt_each);

int sb_fdt_find_all(const struct sb_fdt *fdt, const char *compatible, unsigned skip,
		    const char *const name[], struct sb_fdt_value value[], unsigned count)
{
	uint32_t at = 0;
	int result;

	do
		result = sb_fdt_each(fdt, compatible, &at, name, value, count);
	while (result == SB_OK && skip--);
	return result;
}
SB_OWN(sb_fdt_find_all);

int sb_fdt_find(const struct sb_fdt *fdt, const char *compatible, unsigned skip, const char *name,
		struct sb_fdt_value *value)
{
	struct sb_fdt_value found;
	int result = sb_fdt_find_all(fdt, compatible, skip, &name, &found, 1);

	if (result == SB_OK)
		*value = found;
	return result;
}
SB_OWN(sb_fdt_find);

/* The token becomes FDT_NOP. volatile: the memory outlives the program. */
static void fdt_erase(const struct sb_fdt *fdt, const struct sb_fdt_value *value)
{
	volatile uint8_t *at = value->at - FDT_HEAD, *end = fdt->structure + fdt->structure_len;

	for (uint32_t i = 0; i < FDT_HEAD + (value->len + 3) / 4 * 4 && at < end; i++)
		*at++ = i % 4 == 3 ? FDT_NOP : 0;
}

void sb_fdt_seed(const struct sb_fdt *fdt, struct sb_seed_state *seed)
{
	struct sb_fdt_value value;
	unsigned left = SB_FDT_SEEDS + 1;

	*seed = (struct sb_seed_state){ .at = seed->kept };
	for (; left && sb_fdt_get(fdt, "/chosen", "rng-seed", &value) == SB_OK; left--) {
		for (uint32_t i = 0; i == seed->len && i < value.len && i < SB_SEED_KEPT; i++)
			seed->kept[seed->len++] = value.at[i];
		fdt_erase(fdt, &value);
	}
	if (!left)
		sb_seed_host.stop(seed);
}
SB_OWN(sb_fdt_seed);

uint32_t sb_fdt_cell(const struct sb_fdt_value *value, unsigned i)
{
	return i < value->len / 4 ? fdt_word(value->at + 4 * i) : 0;
}
SB_OWN(sb_fdt_cell);

uint64_t sb_fdt_cells(const struct sb_fdt_value *value, unsigned i)
{
	return (uint64_t)sb_fdt_cell(value, i) << 32 | sb_fdt_cell(value, i + 1);
}
SB_OWN(sb_fdt_cells);
