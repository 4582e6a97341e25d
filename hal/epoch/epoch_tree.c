/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_epoch.h"

/* One range; SB_EIO: another form. */
static int tree_range(const struct sb_fdt_value *reg, uint64_t *address, uint64_t *size)
{
	switch (reg->len) {
	case 16:
		*address = sb_fdt_cells(reg, 0);
		*size = sb_fdt_cells(reg, 2);
		return SB_OK;
	case 12:
		*address = sb_fdt_cells(reg, 0);
		*size = sb_fdt_cell(reg, 2);
		return SB_OK;
	case 8:
		*address = sb_fdt_cell(reg, 0);
		*size = sb_fdt_cell(reg, 1);
		return SB_OK;
	default:
		return SB_EIO;
	}
}

static void tree_nodes(struct sb_epoch *epoch, const struct sb_fdt *tree, const char *compatible,
		       enum sb_epoch_kind kind)
{
	struct sb_fdt_value reg;
	uint64_t address, size;
	unsigned n = 0;

	for (; n < SB_EPOCH_DEVICES_MAX; n++) {
		if (sb_fdt_find(tree, compatible, n, "reg", &reg) != SB_OK)
			break;
		if (tree_range(&reg, &address, &size) == SB_OK)
			sb_epoch_add(epoch, kind, SB_EPOCH_TREE, address, size);
		else
			epoch->unclear |= SB_EPOCH_TREE;
	}
	/* One without a reg, or one too many. */
	if (sb_fdt_find(tree, compatible, n, "compatible", &reg) == SB_OK)
		epoch->unclear |= SB_EPOCH_TREE;
}

void sb_epoch_tree(struct sb_epoch *epoch, const struct sb_fdt *tree)
{
	tree_nodes(epoch, tree, "microsoft,vmgenid", SB_EPOCH_VMGENID);
	tree_nodes(epoch, tree, "amazon,vmclock", SB_EPOCH_VMCLOCK);
}
SB_OWN(sb_epoch_tree);
