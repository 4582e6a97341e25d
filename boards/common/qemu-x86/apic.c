/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sleep, by the local APIC (Intel SDM volume 3, chapter 11): HLT until its timer or any other interrupt. Interrupts are on for that instruction
 * alone, so one that comes at any other time stays pending and ends the next HLT.
 */
#include "board.h"
#include "io.h"
#include "sb_x86.h"
#include "x86_qemu.h"
#include "x86_trap.h"

#define APIC_BASE_MSR 0x1bu
#define APIC_BASE_ENABLED 0x800u
#define APIC_BASE_X2 0x400u /* registers are MSRs then: nothing here has asked for that */
#define APIC 0xfee00000u    /* mapped by the start file */
#define APIC_TASK_PRIORITY (APIC + 0x080)
#define APIC_EOI (APIC + 0x0b0)
#define APIC_SPURIOUS (APIC + 0x0f0)
#define APIC_SPURIOUS_ENABLE 0x100u
#define APIC_REQUESTED(vector) (APIC + 0x200 + (vector) / 32 * 0x10)
#define APIC_COMMAND (APIC + 0x300)
#define APIC_COMMAND_TO_SELF 0x44000u /* shorthand: self; level: assert; fixed */
#define APIC_TIMER (APIC + 0x320)
#define APIC_LINT0 (APIC + 0x350) /* the 8259, whose vectors are those of exceptions */
#define APIC_MASKED 0x10000u
#define APIC_INITIAL (APIC + 0x380)
#define APIC_CURRENT (APIC + 0x390)
#define APIC_DIVIDE (APIC + 0x3e0)
#define APIC_DIVIDE_BY_1 0xbu

#define APIC_FIRST_VECTOR 32u
#define APIC_TIMER_VECTOR 0x40u
#define APIC_EVENT_VECTOR 0x50u
#define APIC_SPURIOUS_VECTOR 0xffu

#define APIC_SPAN 20 /* 2^20 ns, about a millisecond: the timer's ticks are counted over it */
#define APIC_TRIES 4
#define APIC_POLLS 1000000u
#define APIC_SLEEP_MAX (1u << 29) /* ns; a wait ends early after that */
#define APIC_FIRES_MAX \
	(1u << 30) /* ns; on a busy machine an emulated timer may be as late as this */

static enum { APIC_UNKNOWN, APIC_USELESS, APIC_USABLE } apic_state;
static uint32_t apic_rate; /* ticks in 2^APIC_SPAN ns, never too many: an alarm may ring early */

struct apic_frame {
	uintptr_t ip;
};
__attribute__((interrupt, target("general-regs-only"))) static void
apic_interrupt(struct apic_frame *frame)
{
	(void)frame;
	*(volatile uint32_t *)(uintptr_t)APIC_EOI =
		0; /* a spurious one has nothing in service, which then changes nothing */
}

static int apic_present(void)
{
	uint32_t reg[4], low, high;

	sb_x86_cpuid(1, 0, reg);
	if ((reg[3] & (1u << 9 | 1u << 5)) != (1u << 9 | 1u << 5)) /* an APIC; MSRs */
		return 0;
	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(APIC_BASE_MSR));
	return (low & (APIC_BASE_ENABLED | APIC_BASE_X2)) == APIC_BASE_ENABLED &&
	       (low & ~0xfffu) == APIC && !high;
}

static void apic_setup(void)
{
	unsigned vector;

	for (vector = APIC_FIRST_VECTOR; vector <= APIC_SPURIOUS_VECTOR; vector++)
		board_trap_gate(vector, (uintptr_t)apic_interrupt);
	sb_io_write32(APIC_LINT0, APIC_MASKED);
	sb_io_write32(APIC_TASK_PRIORITY, 0);
	sb_io_write32(APIC_SPURIOUS, APIC_SPURIOUS_ENABLE | APIC_SPURIOUS_VECTOR);
	sb_io_write32(APIC_DIVIDE, APIC_DIVIDE_BY_1);
	sb_io_write32(APIC_TIMER, APIC_TIMER_VECTOR); /* once */
}

/* The last count but one was read before the time was up, whatever came between the reads. */
static uint32_t apic_measure(void)
{
	uint64_t begin = board_loop.now();
	uint32_t ticks = 0, last = 0, polls = 0;

	sb_io_write32(APIC_INITIAL, UINT32_MAX);
	do {
		ticks = last;
		last = UINT32_MAX - sb_io_read32(APIC_CURRENT);
	} while (board_loop.now() - begin < 1u << APIC_SPAN && polls++ < APIC_POLLS);
	sb_io_write32(APIC_INITIAL, 0);
	return ticks;
}

static uint32_t apic_requested(void)
{
	return sb_io_read32(APIC_REQUESTED(APIC_TIMER_VECTOR)) >> (APIC_TIMER_VECTOR % 32) & 1;
}

/* With interrupts off the request can be seen, and then seen to be taken: nobody sleeps who might not wake. */
static int apic_fires(void)
{
	uint64_t begin = board_loop.now();
	uint32_t polls = 0;

	sb_io_write32(APIC_INITIAL, apic_rate >> 4 | 1);
	while (!apic_requested() && board_loop.now() - begin < APIC_FIRES_MAX &&
	       polls++ < APIC_POLLS)
		sb_io_relax();
	if (!apic_requested())
		return 0;
	__asm__ volatile("sti; nop; cli" : : : "memory");
	return !apic_requested();
}

static int apic_usable(void)
{
	int i;

	if (apic_state != APIC_UNKNOWN)
		return apic_state == APIC_USABLE;
	apic_state = APIC_USELESS;
	if (!apic_present())
		return 0;
	apic_setup();
	for (i = 0; i < APIC_TRIES; i++) {
		uint32_t ticks = apic_measure();

		apic_rate = ticks > apic_rate ? ticks : apic_rate;
	}
	if (apic_rate && apic_fires())
		apic_state = APIC_USABLE;
	return apic_state == APIC_USABLE;
}

int board_sleep(uint64_t deadline)
{
	uint64_t now, left, ticks;

	if (!apic_usable())
		return 0;
	now = board_loop.now();
	left = now < deadline ? deadline - now : 0;
	if (left > APIC_SLEEP_MAX)
		left = APIC_SLEEP_MAX;
	ticks = (left * apic_rate >> APIC_SPAN) + 1;
	if (!left)
		return 1;
	sb_io_write32(APIC_INITIAL, ticks < UINT32_MAX ? (uint32_t)ticks : UINT32_MAX);
	__asm__ volatile(
		"sti; hlt; cli"
		:
		:
		: "memory"); /* sti lets one more instruction in before any interrupt: none is missed */
	sb_io_write32(APIC_INITIAL, 0);
	return 1;
}

int board_event(void)
{
	if (!apic_usable())
		return -1;
	sb_io_write32(APIC_COMMAND, APIC_COMMAND_TO_SELF | APIC_EVENT_VECTOR);
	return 0;
}
