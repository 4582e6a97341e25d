/* SPDX-License-Identifier: BSD-2-Clause */
/* What the x86 boards for QEMU share: all but what differs with the width of the CPU. */
#ifndef BOARD_X86_QEMU_H
#define BOARD_X86_QEMU_H

#include "board.h"
#include "sb_hal.h"
#include "sb_loop.h"
#include "sb_pci.h"

_Noreturn void board_start(void); /* x86_qemu.c, called by start.S */

/* x86_pci.c */
extern const struct sb_pci board_pci;
int board_pci_present(void);

/* far.c of the board: a device's registers above 4 GiB, NULL if the CPU does not reach them. */
void *board_map_far(uint64_t address, uint64_t size);

extern const struct sb_loop board_loop; /* x86_clock.c */

/* x86_apic.c: sleeps until an interrupt, or until then at the latest. 0: it cannot sleep on this machine, and has not. */
int board_sleep(uint64_t deadline);

#endif
