/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests/guests/tick.h: the timer, and the interrupt that software raises.
 * A board's tick.c is this file alone.
 */
#ifndef TICK_MIPS_H
#define TICK_MIPS_H

#include "mips.h"
#include "sb_mips.h"
#include "tick.h"

#define TICK_TIME 3200u /* 20 us at 160 MHz */

/*
 * Keeps all that the functions below may change, and where this one returns, as
 * another interrupt may come in between. 16 bytes are for the arguments of the
 * callee. EXL is cleared for the call, and set for the way back.
 */
__asm__(".section .text.tick_entry, \"ax\"\n"
	"	.set push\n"
	"	.set noreorder\n"
	"	.set noat\n"
	"tick_entry:\n"
	"	addiu $29, $29, -112\n"
	"	sw $1, 16($29)\n"
	"	sw $2, 20($29)\n"
	"	sw $3, 24($29)\n"
	"	sw $4, 28($29)\n"
	"	sw $5, 32($29)\n"
	"	sw $6, 36($29)\n"
	"	sw $7, 40($29)\n"
	"	sw $8, 44($29)\n"
	"	sw $9, 48($29)\n"
	"	sw $10, 52($29)\n"
	"	sw $11, 56($29)\n"
	"	sw $12, 60($29)\n"
	"	sw $13, 64($29)\n"
	"	sw $14, 68($29)\n"
	"	sw $15, 72($29)\n"
	"	sw $24, 76($29)\n"
	"	sw $25, 80($29)\n"
	"	sw $28, 104($29)\n"
	"	sw $31, 84($29)\n"
	"	mfhi $1\n"
	"	sw $1, 88($29)\n"
	"	mflo $1\n"
	"	sw $1, 92($29)\n"
	"	mfc0 $1, $14\n" /* EPC */
	"	sw $1, 96($29)\n"
	"	mfc0 $1, $12\n" /* Status */
	"	sw $1, 100($29)\n"
	"	ins $1, $0, 0, 2\n" /* IE, EXL */
	"	mtc0 $1, $12\n"
	"	ehb\n"
	"	lui $25, %hi(tick_taken)\n"
	"	addiu $25, $25, %lo(tick_taken)\n"
	"	jalr $25\n"
	"	move $4, $1\n"
	"	lw $1, 100($29)\n"
	"	mtc0 $1, $12\n"
	"	ehb\n"
	"	lw $1, 96($29)\n"
	"	mtc0 $1, $14\n"
	"	lw $1, 88($29)\n"
	"	mthi $1\n"
	"	lw $1, 92($29)\n"
	"	mtlo $1\n"
	"	lw $1, 16($29)\n"
	"	lw $2, 20($29)\n"
	"	lw $3, 24($29)\n"
	"	lw $4, 28($29)\n"
	"	lw $5, 32($29)\n"
	"	lw $6, 36($29)\n"
	"	lw $7, 40($29)\n"
	"	lw $8, 44($29)\n"
	"	lw $9, 48($29)\n"
	"	lw $10, 52($29)\n"
	"	lw $11, 56($29)\n"
	"	lw $12, 60($29)\n"
	"	lw $13, 64($29)\n"
	"	lw $14, 68($29)\n"
	"	lw $15, 72($29)\n"
	"	lw $24, 76($29)\n"
	"	lw $25, 80($29)\n"
	"	lw $28, 104($29)\n"
	"	lw $31, 84($29)\n"
	"	addiu $29, $29, 112\n"
	"	ehb\n"
	"	eret\n"
	"	.set pop\n"
	"	.text\n");
void tick_entry(void);
void tick_taken(uint32_t status);

static uint32_t tick_status(void)
{
	uint32_t status;

	__asm__ volatile("mfc0 %0, $12" : "=r"(status) : : "memory");
	return status;
}

static void tick_set_status(uint32_t status)
{
	__asm__ volatile("mtc0 %0, $12\n\tehb" : : "r"(status) : "memory");
}

/* The timer lets the other one in. status is that of the handler. */
void tick_taken(uint32_t status)
{
	if (mips_cause() & mips_timer_bit()) {
		mips_timer_set(TICK_TIME);
		tick_set_status((status & ~mips_timer_bit()) | MIPS_STATUS_IE);
		tick();
		tick_set_status(status);
	} else {
		(void)wfi_taken();
		tick();
	}
}

void tick_start(void)
{
	mips_interrupts = tick_entry;
	mips_timer_set(TICK_TIME);
	tick_set_status(tick_status() | MIPS_STATUS_IE);
}

void tick_stop(void)
{
	tick_set_status(tick_status() & ~MIPS_STATUS_IE);
	mips_interrupts = NULL;
	mips_timer_set(UINT32_MAX);
}

/*
 * QEMU's timer sets its bit of Cause in a thread of its own. Where this CPU
 * writes Cause at that moment, the bit is lost. The next one would come when
 * Count has gone round. So a time that is past and not pending is set anew.
 */
static void tick_again(void)
{
	uint32_t compare;

	__asm__ volatile("mfc0 %0, $11" : "=r"(compare));
	if ((int32_t)((uint32_t)sb_mips_count() - compare) > 0 &&
	    !(mips_cause() & mips_timer_bit()))
		mips_timer_set(TICK_TIME);
}

void tick_raise(void)
{
	(void)board_event();
	tick_again();
}

#endif
