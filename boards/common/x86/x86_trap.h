/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOARD_X86_TRAP_H
#define BOARD_X86_TRAP_H

#include <stdint.h>

extern const uint8_t
	trap_stubs[32]
		  [16]; /* the start file's: one for each exception, and each calls board_trap */

void board_trap_init(void); /* from now on an exception is a line on the console and exit 1 */

/* For struct sb_x86_cpu, once board_trap_init was called (Xen PV: once the stubs are in its table): survives, SB_ENODEV where there is no such register. */
int board_rdmsr(uint32_t index, uint64_t *value);
_Noreturn void board_trap(unsigned vector, uintptr_t error, uintptr_t at); /* called by start.S */
void board_trap_gate(unsigned vector,
		     uintptr_t entry); /* what an interrupt does; entry ends with IRET */

#endif
