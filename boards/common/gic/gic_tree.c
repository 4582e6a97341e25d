/* SPDX-License-Identifier: BSD-2-Clause */
#include "gic.h"

/*
 * The node has two registers of two cells each: distributor and CPU interface
 * (Linux's binding arm,gic).
 */
void gic_start_tree(const struct sb_fdt *tree, unsigned alarm)
{
	struct sb_fdt_value reg;

	if (sb_fdt_find(tree, "arm,cortex-a15-gic", 0, "reg", &reg) != SB_OK &&
	    sb_fdt_find(tree, "arm,gic-400", 0, "reg", &reg) != SB_OK)
		return;
	if (reg.len >= 32)
		gic_start((uintptr_t)sb_fdt_cells(&reg, 0), (uintptr_t)sb_fdt_cells(&reg, 4),
			  alarm);
}
