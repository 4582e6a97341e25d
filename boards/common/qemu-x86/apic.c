/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sleep by the local APIC (Intel SDM volume 3, chapter 11): HLT until its timer
 * or any other interrupt. Interrupts are on during that instruction only. One
 * that comes at another time stays pending and ends the next HLT.
 */
#include "board.h"
#include "io.h"
#include "sb_x86.h"
#include "qemu_x86.h"
#include "x86.h"

#define APIC_BASE_MSR 0x1bu
#define APIC_BASE_ENABLED 0x800u
/* registers are MSRs then; nothing here asks for that */
#define APIC_BASE_X2 0x400u
#define APIC 0xfee00000u /* mapped by the start file */
#define APIC_TASK_PRIORITY (APIC + 0x080)
#define APIC_EOI (APIC + 0x0b0)
#define APIC_SPURIOUS (APIC + 0x0f0)
#define APIC_SPURIOUS_ENABLE 0x100u
#define APIC_REQUESTED(vector) (APIC + 0x200 + (vector) / 32 * 0x10)
#define APIC_COMMAND (APIC + 0x300)
#define APIC_COMMAND_TO_SELF 0x44000u /* shorthand self, level assert, fixed */
#define APIC_TIMER (APIC + 0x320)
/* the 8259, whose vectors are those of exceptions */
#define APIC_LINT0 (APIC + 0x350)
#define APIC_MASKED 0x10000u
#define APIC_INITIAL (APIC + 0x380)
#define APIC_CURRENT (APIC + 0x390)
#define APIC_DIVIDE (APIC + 0x3e0)
#define APIC_DIVIDE_BY_1 0xbu

#define APIC_FIRST_VECTOR 32u
#define APIC_TIMER_VECTOR 0x40u
#define APIC_EVENT_VECTOR 0x50u
#define APIC_SPURIOUS_VECTOR 0xffu

/* 2^20 ns, about 1 ms: the timer's ticks are counted over it */
#define APIC_SPAN 20
#define APIC_TRIES 4
#define APIC_POLLS 1000000u
#define APIC_SLEEP_MAX (1u << 29) /* ns; a longer wait ends early */
/* ns; on a busy machine an emulated timer may be as late as this */
#define APIC_FIRES_MAX (1u << 30)

static enum { APIC_UNKNOWN, APIC_USELESS, APIC_USABLE } apic_state;
/*
 * Ticks in 2^APIC_SPAN ns. Never too many: an alarm may ring early, not late.
 */
static uint32_t apic_rate;

struct apic_frame {
	uintptr_t ip;
};
__attribute__((interrupt, target("general-regs-only"))) static void
apic_interrupt(struct apic_frame *frame)
{
	(void)frame;
	/*
	 * A spurious interrupt is not in service. The write has no effect then.
	 */
	*(volatile uint32_t *)(uintptr_t)APIC_EOI = 0;
}

static int apic_present(void)
{
	uint32_t reg[4], low, high;

	sb_x86_cpuid(1, 0, reg);
	/* an APIC; MSRs */
	if ((reg[3] & (1u << 9 | 1u << 5)) != (1u << 9 | 1u << 5))
		return 0;
	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(APIC_BASE_MSR));
	return (low & (APIC_BASE_ENABLED | APIC_BASE_X2)) == APIC_BASE_ENABLED &&
	       (low & ~0xfffu) == APIC && !high;
}

static void apic_setup(void)
{
	for (unsigned vector = APIC_FIRST_VECTOR; vector <= APIC_SPURIOUS_VECTOR; vector++)
		x86_trap_gate(vector, (uintptr_t)apic_interrupt);
	sb_io_write32(APIC_LINT0, APIC_MASKED);
	sb_io_write32(APIC_TASK_PRIORITY, 0);
	sb_io_write32(APIC_SPURIOUS, APIC_SPURIOUS_ENABLE | APIC_SPURIOUS_VECTOR);
	sb_io_write32(APIC_DIVIDE, APIC_DIVIDE_BY_1);
	sb_io_write32(APIC_TIMER, APIC_TIMER_VECTOR); /* one shot */
}

/*
 * The result is the last count but one. It was read before the time was up,
 * whatever came between the reads.
 */
static uint32_t apic_measure(void)
{
	uint64_t begin = qemu_x86_loop.now();
	uint32_t ticks = 0, last = 0, polls = 0;

	sb_io_write32(APIC_INITIAL, UINT32_MAX);
	do {
		ticks = last;
		last = UINT32_MAX - sb_io_read32(APIC_CURRENT);
	} while (qemu_x86_loop.now() - begin < 1u << APIC_SPAN && polls++ < APIC_POLLS);
	sb_io_write32(APIC_INITIAL, 0);
	return ticks;
}

static uint32_t apic_requested(void)
{
	return sb_io_read32(APIC_REQUESTED(APIC_TIMER_VECTOR)) >> (APIC_TIMER_VECTOR % 32) & 1;
}

/*
 * Fires the timer once with interrupts off. The request can be seen, and then
 * seen to be taken. So the board never sleeps on a timer that might not wake
 * it.
 */
static int apic_fires(void)
{
	uint64_t begin = qemu_x86_loop.now();
	uint32_t polls = 0;

	sb_io_write32(APIC_INITIAL, apic_rate >> 4 | 1);
	while (!apic_requested() && qemu_x86_loop.now() - begin < APIC_FIRES_MAX &&
	       polls++ < APIC_POLLS)
		sb_io_relax();
	if (!apic_requested())
		return 0;
	__asm__ volatile("sti; nop; cli" : : : "memory");
	return !apic_requested();
}

static int apic_usable(void)
{
	if (apic_state != APIC_UNKNOWN)
		return apic_state == APIC_USABLE;
	apic_state = APIC_USELESS;
	if (!apic_present())
		return 0;
	apic_setup();
	for (int i = 0; i < APIC_TRIES; i++) {
		uint32_t ticks = apic_measure();

		apic_rate = ticks > apic_rate ? ticks : apic_rate;
	}
	if (apic_rate && apic_fires())
		apic_state = APIC_USABLE;
	return apic_state == APIC_USABLE;
}

int qemu_x86_sleep(uint64_t deadline)
{
	uint64_t now, left, ticks;

	if (!apic_usable())
		return 0;
	now = qemu_x86_loop.now();
	left = now < deadline ? deadline - now : 0;
	if (left > APIC_SLEEP_MAX)
		left = APIC_SLEEP_MAX;
	ticks = (left * apic_rate >> APIC_SPAN) + 1;
	if (!left)
		return 1;
	sb_io_write32(APIC_INITIAL, ticks < UINT32_MAX ? (uint32_t)ticks : UINT32_MAX);
	/*
	 * STI takes effect after one more instruction, so no interrupt is
	 * missed.
	 */
	__asm__ volatile("sti; hlt; cli" : : : "memory");
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
