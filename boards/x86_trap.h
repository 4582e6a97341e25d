/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOARD_X86_TRAP_H
#define BOARD_X86_TRAP_H

#include <stdint.h>

extern const uint8_t trap_stubs[32][16]; /* the start file's: one for each exception, and each calls board_trap */

void board_trap_init(void);                                                /* from now on an exception is a line on the console and exit 1 */
_Noreturn void board_trap(unsigned vector, uintptr_t error, uintptr_t at); /* called by start.S */
void board_trap_gate(unsigned vector, uintptr_t entry);                    /* what an interrupt does; entry ends with IRET */

#endif
