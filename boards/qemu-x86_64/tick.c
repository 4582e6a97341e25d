/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The local APIC's timer, and an interrupt that the CPU sends to itself. Intel
 * SDM volume 3, sections 11.4 to 11.8.
 */
#include "io.h"
#include "sb_hal.h"
#include "tick.h"

#define TICK_APIC 0xfee00000u
#define TICK_APIC_EOI (TICK_APIC + 0x0b0)
#define TICK_APIC_SPURIOUS (TICK_APIC + 0x0f0)
#define TICK_APIC_ENABLE 0x100u
#define TICK_APIC_COMMAND (TICK_APIC + 0x300)
#define TICK_APIC_TO_SELF 0x44000u /* shorthand self, level assert, fixed */
#define TICK_APIC_TIMER (TICK_APIC + 0x320)
#define TICK_APIC_PERIODIC 0x20000u
#define TICK_APIC_MASKED 0x10000u
#define TICK_APIC_COUNT (TICK_APIC + 0x380)
#define TICK_APIC_DIVIDE (TICK_APIC + 0x3e0)
#define TICK_APIC_BY_1 0xbu
#define TICK_VECTOR 0x40u
#define TICK_RAISED_VECTOR 0x50u /* of a higher class, so it preempts */
#define TICK_SPURIOUS_VECTOR 0xffu

struct tick_gate {
	uint16_t low, segment, flags, middle;
	uint32_t high, zero;
};

struct __attribute__((packed)) tick_pointer {
	uint16_t limit;
	uint64_t base;
};

static struct tick_gate tick_gates[256];
void tick_entry(void), tick_raised_entry(void), tick_spurious_entry(void);
void tick_timer(void), tick_raised(void);

/*
 * Saves the registers that a C function may change. fxsave wants 16 bytes of
 * alignment.
 */
__asm__(".macro TICK_ENTRY name, function\n\\name:\n\t"
	"push %rbp; mov %rsp, %rbp; push %rax; push %rcx; push %rdx; push %rsi; push %rdi; push "
	"%r8; push %r9; push %r10; push %r11\n\t"
	"sub $512, %rsp; and $-16, %rsp; fxsave (%rsp); cld; call \\function; fxrstor (%rsp); lea "
	"-72(%rbp), %rsp\n\t"
	"pop %r11; pop %r10; pop %r9; pop %r8; pop %rdi; pop %rsi; pop %rdx; pop %rcx; pop %rax; "
	"pop %rbp; iretq\n"
	".endm\n"
	"TICK_ENTRY tick_entry tick_timer\n"
	"TICK_ENTRY tick_raised_entry tick_raised\n"
	"tick_spurious_entry: iretq\n");

/*
 * The interrupt stays in service until the end, so it does not preempt itself.
 */
void tick_timer(void)
{
	__asm__ volatile("sti" : : : "memory");
	tick();
	__asm__ volatile("cli" : : : "memory");
	sb_io_write32(TICK_APIC_EOI, 0);
}

void tick_raised(void)
{
	tick();
	sb_io_write32(TICK_APIC_EOI, 0);
}

static void tick_gate(unsigned vector, void (*entry)(void))
{
	uint64_t at = (uintptr_t)entry;

	tick_gates[vector] =
		(struct tick_gate){ (uint16_t)at,         8, 0x8e00, (uint16_t)(at >> 16),
				    (uint32_t)(at >> 32), 0 };
}

void tick_start(void)
{
	struct tick_pointer table = { sizeof tick_gates - 1, (uintptr_t)tick_gates }, board;

	__asm__ volatile("sidt %0" : "=m"(board));
	for (unsigned i = 0; i < 32; i++)
		tick_gates[i] = ((const struct tick_gate *)(uintptr_t)board.base)[i];
	tick_gate(TICK_VECTOR, tick_entry);
	tick_gate(TICK_RAISED_VECTOR, tick_raised_entry);
	tick_gate(TICK_SPURIOUS_VECTOR, tick_spurious_entry);
	__asm__ volatile("lidt %0" : : "m"(table), "m"(tick_gates));
	sb_io_out8(0x21, 0xff); /* 8259: all masked; microvm may have none */
	sb_io_out8(0xa1, 0xff);
	sb_io_write32(TICK_APIC_SPURIOUS, TICK_APIC_ENABLE | TICK_SPURIOUS_VECTOR);
	sb_io_write32(TICK_APIC_DIVIDE, TICK_APIC_BY_1);
	sb_io_write32(TICK_APIC_TIMER, TICK_APIC_PERIODIC | TICK_VECTOR);
	sb_io_write32(TICK_APIC_COUNT, 20011);
	__asm__ volatile("sti" : : : "memory");
}

void tick_stop(void)
{
	sb_io_write32(TICK_APIC_TIMER, TICK_APIC_MASKED | TICK_VECTOR);
}

void tick_raise(void)
{
	sb_io_write32(TICK_APIC_COMMAND, TICK_APIC_TO_SELF | TICK_RAISED_VECTOR);
}
