/* SPDX-License-Identifier: BSD-2-Clause */
/* What the x86 boards for QEMU share: all but the start file, which differs with the width of the CPU and has the board's name. */
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

extern const struct sb_loop board_loop; /* x86_clock.c */

#endif
