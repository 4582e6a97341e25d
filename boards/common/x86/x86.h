/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef X86_H
#define X86_H

#include <stdint.h>

/* One for each exception, in the start file. Each of them calls x86_trap. */
extern const uint8_t x86_trap_stubs[32][16];

/* From now on an exception prints a line on the console and exits with 1. */
void x86_trap_init(void);

/*
 * The msr of struct sb_x86_cpu. It survives a register that does not exist and
 * returns SB_ENODEV. It needs x86_trap_init first, or on Xen PV the stubs in
 * the table of Xen.
 */
int x86_rdmsr(uint32_t index, uint64_t *value);
/* called by the stubs */
_Noreturn void x86_trap(unsigned vector, uintptr_t error, uintptr_t at);
/* Sets the handler of an interrupt. `entry` must end with IRET. */
void x86_trap_gate(unsigned vector, uintptr_t entry);

#endif
