/* SPDX-License-Identifier: BSD-2-Clause */
/* What properties of a device tree say of a partition and its CPU. */
#include "sb_papr.h"

/* Nonzero: the text is the name, and its zero is within len bytes. */
static int tree_same(const char *text, size_t len, const char *name)
{
	for (size_t i = 0; i < len && text[i] == name[i]; i++)
		if (!name[i])
			return 1;
	return 0;
}

int sb_papr_lists(const void *list, size_t len, const char *name)
{
	const char *text = list;

	for (size_t at = 0; at < len; at++)
		if ((!at || !text[at - 1]) && tree_same(text + at, len - at, name))
			return 1;
	return 0;
}
SB_OWN(sb_papr_lists);

/* The bits of a byte are counted from the highest one. */
#define TREE_DARN_BYTE 62
#define TREE_DARN_BIT 0x80u

int sb_papr_has_darn(const uint8_t *features, size_t len)
{
	for (size_t at = 0, count; len - at >= 2; at += 2 + count) {
		count = features[at];
		if (count > len - at - 2)
			return 0;
		if (!features[at + 1] && count > TREE_DARN_BYTE)
			return (features[at + 2 + TREE_DARN_BYTE] & TREE_DARN_BIT) != 0;
	}
	return 0;
}
SB_OWN(sb_papr_has_darn);
