/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the MIPS boards share, and what each board adds to it. Registers and
 * fields are those of the MIPS32 Architecture, volume III, MD00090 revision
 * 2.50.
 */
#ifndef MIPS_H
#define MIPS_H

#include "board.h"
#include "constructors.h"
#include "wfi.h"

/* Physical memory below 512 MiB as the CPU has it without a TLB: by its caches
   (kseg0), and past them (kseg1), as devices are reached. Section 4.1. */
#define MIPS_PHYSICAL 0x20000000u
#define MIPS_KSEG0 0x80000000u
#define MIPS_KSEG1 0xa0000000u

/*
 * Each board defines this, board_facts, board_write and sb_platform. start.S
 * calls it with what YAMON leaves in a2 and a3: a table of strings, and the
 * size of RAM in bytes. Another loader may leave anything. Its end:
 * board_exit(constructors_main()).
 */
_Noreturn void mips_main(uintptr_t environment, uint32_t ram);

/* trap.c, called by start.S: a line on the console and exit 1. */
_Noreturn void mips_trap(uint32_t cause, uintptr_t at, uintptr_t value);

/*
 * Status, register 12, and Cause, register 13: the same bits say which
 * interrupts are let in, and which are pending. The first one is raised by
 * software, as a bit of Cause.
 */
#define MIPS_STATUS_IE 1u
#define MIPS_RAISED 0x100u

static inline uint32_t mips_cause(void)
{
	uint32_t cause;

	__asm__ volatile("mfc0 %0, $13" : "=r"(cause) : : "memory");
	return cause;
}

/*
 * timer.c, for boards/common/wfi: the clock by Count, which goes at this rate,
 * and the interrupt of Compare. An instant is told right if the one before was
 * asked for less than 2^32 ticks ago.
 */
void mips_timer_start(uint32_t hz);
/* The bit of the timer's interrupt: IntCtl.IPTI says which. */
uint32_t mips_timer_bit(void);
/* An interrupt after these ticks, or somewhat later. It puts off the last
   one. */
void mips_timer_set(uint32_t ticks);

/* start.S: where interrupts go. NULL, or a function that saves each register
   but k0 and k1, and returns by ERET. */
extern void (*volatile mips_interrupts)(void);

#endif
