/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arm's GIC, version 1 or 2, as the interrupts of boards/common/wfi. gic.c has
 * wfi_taken and board_event, which is an interrupt that the CPU sends to
 * itself.
 */
#ifndef GIC_H
#define GIC_H

#include "sb_fdt.h"

/*
 * Lets through the alarm's interrupt and that of board_event, and no other. The
 * alarm has an ID of the CPU's own: 16 to 31. Where a monitor kept the
 * interrupts to itself, they stay off, and waits poll.
 */
void gic_start(uintptr_t distributor, uintptr_t cpu, unsigned alarm);

/*
 * The same where the tree says. Without a GIC of version 1 or 2 in it, waits
 * poll. The alarm is the virtual timer's: Arm Base System Architecture,
 * DEN0094. QEMU and Xen have it there too.
 */
#define GIC_VIRTUAL_TIMER 27u
void gic_start_tree(const struct sb_fdt *tree, unsigned alarm);

#endif
