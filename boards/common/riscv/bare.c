/* SPDX-License-Identifier: BSD-2-Clause */
/* Console and end of a board in M-mode, which has no firmware to ask. */
#include "exit_line.h"
#include "riscv.h"

#define BARE_CLINT 0x2000000u /* QEMU hw/riscv/virt.c */

void riscv_mode_start(const struct sb_fdt *tree)
{
	struct sb_fdt_value reg;

	riscv_clint_start(tree && sb_fdt_find(tree, "sifive,clint0", 0, "reg", &reg) == SB_OK &&
					  reg.len >= 8
				  ? (uintptr_t)sb_fdt_cells(&reg, 0)
				  : BARE_CLINT);
}

void board_write(const char *text, size_t len)
{
	riscv_soc_write(text, len);
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	riscv_soc_end(status);
	for (;;)
		__asm__ volatile("wfi");
}
