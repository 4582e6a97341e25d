/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registers of SIMD as a program sees them: it puts values there, calls a
 * function, and looks at what is there afterwards. registers_x86.S.
 */
#ifndef REGISTERS_H
#define REGISTERS_H

#include <stdint.h>

struct registers {
	uint8_t vector[32][64];
	uint64_t mask[8];
};

/* `in` to the registers, then the call, then the registers to `out`. */
typedef void registers_around(const struct registers *in, struct registers *out,
			      void (*call)(void));
registers_around registers_xmm, registers_ymm, registers_zmm;

/* An interrupt: it saves no more than general registers. */
void registers_entry(void);
void registers_tick(void);

#endif
