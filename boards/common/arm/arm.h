/* SPDX-License-Identifier: BSD-2-Clause */
/* What the boards of 32-bit Arm share, and what each board adds to it. */
#ifndef ARM_H
#define ARM_H

#include "board.h"
#include "constructors.h"
#include <stdint.h>

/*
 * Each board defines this, board_facts, board_write, sb_platform and what wfi.h
 * asks for. start.S calls it with the r2 of the entry. Its end:
 * board_exit(constructors_main()).
 */
_Noreturn void arm_main(void *tree);

/*
 * trap.c, called by start.S: prints a line on the console and exits with 1. lr
 * and spsr are those of the exception.
 */
_Noreturn void arm_trap(uint32_t vector, uint32_t lr, uint32_t spsr);

/*
 * start.S: nonzero if something answers a read of this byte. Call it only where
 * a read does no harm.
 */
int arm_is_memory(uintptr_t address);

#endif
