/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this board tell each other. */
#ifndef MACHINE_H
#define MACHINE_H

#include "board.h"
#include "sb_hal.h"
#include "sb_loop.h"

_Noreturn void board_start(void); /* board.c, called by start.S */

/* trap.c */
void board_trap_init(void); /* from now on an exception is a line on the console and exit 1 */
_Noreturn void board_trap(unsigned vector, uint64_t error, uint64_t rip);

extern const struct sb_loop board_loop; /* clock.c */

#endif
