/* SPDX-License-Identifier: BSD-2-Clause */
/* What the 64-bit Arm boards share, bare or under a hypervisor, and what each of them adds to it. */
#ifndef BOARD_AARCH64_H
#define BOARD_AARCH64_H

#include "board.h"
#include "sb_fdt.h"
#include "sb_hal.h"
#include "sb_loop.h"

/* Each board defines board_name, board_facts, board_write, sb_platform and this, which ends in board_exit(main()). tree: what x0 held at entry. */
_Noreturn void board_start(void *tree);
int main(void);

/* aarch64_trap.c, called by aarch64_start.S: a line on the console and exit 1. */
_Noreturn void board_trap(uint64_t vector, uint64_t syndrome, uint64_t at, uint64_t address);

/* aarch64_exit.c has board_exit. Nonzero from its last step on, which may trap. */
extern volatile int aarch64_exiting;

/* aarch64_pl011.c */
void aarch64_pl011_write(uintptr_t base, const char *text, size_t len);

/* aarch64_loop.c: sleeps in WFI until the virtual timer or an interrupt of board_event, through the GICv2 of the tree; without one it polls. */
void aarch64_loop_start(const struct sb_fdt *tree);
extern const struct sb_loop aarch64_loop;

/* aarch64.ld, aarch64_start.S maps: the first GiB is devices, all RAM lies above. */
#define AARCH64_TREE_MAX \
	0x200000u /* Linux Documentation/arch/arm64/booting: a device tree is not larger */

#endif
