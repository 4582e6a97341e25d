/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From reset to main, and from a fault to a line on the console. It serves
 * images with a C library and without one.
 */
#include <stdint.h>
#include <string.h>
#include "board.h"
#include "constructors.h"
#include "cortex_m.h"
#include "exit_line.h"
#include "say.h"

/* cortex-m.ld */
extern const uint8_t cortex_m_ram[];
extern uint8_t cortex_m_data[], cortex_m_data_end[], cortex_m_bss[], cortex_m_bss_end[];
extern const uint8_t cortex_m_data_load[];
/*
 * The address of the stack's top. Declared as a function because the vector
 * table has one type.
 */
void cortex_m_stack_top(void);

/*
 * Functions of newlib, if something in the image has pulled them in: one opens
 * the file handles of semihosting, the other flushes stdio.
 */
__attribute__((weak)) void initialise_monitor_handles(void);
__attribute__((weak)) void exit(int status);

void cortex_m_reset(void);
struct start_frame;
_Noreturn void cortex_m_report(uint32_t exception, uint32_t pc, uint32_t lr);
uint32_t cortex_m_fault(const struct start_frame *frame, uint32_t back);
extern struct start_stack cortex_m_fault_stack;

/*
 * v8-M has a register with the lowest address of the stack. What would go below
 * it is a fault that stacks nothing: MSPLIM and UFSR.STKOF, DDI 0553 section
 * D1.2.
 */
#if __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH >= 8 && !defined(__ARM_ARCH_8M_BASE__)
#define START_LIMIT(reg) "msr msplim, " reg "\n\t"
#define START_OVERFLOWED() ((*(volatile uint32_t *)0xe000ed28u >> 20 & 1) != 0)
#elif __ARM_ARCH_PROFILE == 'M'
#define START_LIMIT(reg) ""
#define START_OVERFLOWED() 0
#else
#error "no M profile"
#endif

__attribute__((weak)) void cortex_m_setup(void)
{
}

/*
 * No function is called before .data is there: one with a stack protector would
 * look at a word of it. volatile keeps the loops from becoming such calls.
 */
void cortex_m_reset(void)
{
	const volatile uint8_t *from = cortex_m_data_load;
	int status;

	__asm__ volatile(START_LIMIT("%0") : : "r"(cortex_m_bss_end));
	for (volatile uint8_t *to = cortex_m_data; to < cortex_m_data_end;)
		*to++ = *from++;
	for (volatile uint8_t *to = cortex_m_bss; to < cortex_m_bss_end;)
		*to++ = 0;
	if (initialise_monitor_handles)
		initialise_monitor_handles();
	cortex_m_setup();
	constructors_run();
	status = main();
	/* newlib's runs the destructors, behind what atexit was told */
	if (exit)
		exit(status);
	constructors_end();
	board_exit(status);
}

static uint32_t start_exception(void)
{
	uint32_t ipsr;

	__asm__ volatile("mrs %0, ipsr" : "=r"(ipsr));
	return ipsr & 0x1ff;
}

/*
 * A fault in the handler of a fault locks the CPU up: DDI 0403 and DDI 0419,
 * section B1.5. So the handler only returns to cortex_m_report, which may
 * fault. Both have a stack of their own, as the old one may be what failed. The
 * frame by which the handler returns is at its end.
 *
 * EXC_RETURN, section B1.5.8, and DDI 0553 section B3.22 for v8-M. It says the
 * mode, the stack, that no floating-point registers are on it, and for v8-M
 * whose stack it is. By the same one, but for these two bits, the handler
 * returns.
 */
#define START_THREAD 8u
#define START_PSP 4u
#define START_NO_FP 16u
#define START_EXCEPTION 0x1ffu /* fields of XPSR */
#define START_THUMB 0x01000000u

struct start_frame { /* as an exception stacks it: section B1.5.6 */
	uint32_t r0, r1, r2, r3, r12, lr, pc, xpsr;
};

#define START_STACK_FRAME 480 /* the offset of the frame, in start_fault_entry too */
struct start_stack {
	uint8_t room[START_STACK_FRAME];
	struct start_frame frame;
} cortex_m_fault_stack __attribute__((aligned(8), used));

_Noreturn void cortex_m_report(uint32_t exception, uint32_t pc, uint32_t lr)
{
	unsigned before = exit_fault();

	if (before == 0) {
		say_hex("fault: exception ", exception, SAY_WORD);
		say_hex(" pc ", pc, SAY_WORD);
		say_hex(" lr ", lr, SAY_WORD);
		say("\n");
	}
	if (before <= 1)
		board_exit(1);
	for (;;)
		__asm__ volatile("wfi");
}

/* A stack that overflowed may have taken the frame out of RAM. */
static int start_readable(const struct start_frame *frame)
{
	uintptr_t at = (uintptr_t)frame, stack = (uintptr_t)cortex_m_stack_top,
		  data = (uintptr_t)cortex_m_bss_end;

	return !START_OVERFLOWED() && at >= (uintptr_t)cortex_m_ram &&
	       at <= (stack > data ? stack : data) - sizeof *frame;
}

/* msp: that of the fault. back: its EXC_RETURN. Returns the one to leave by. */
__attribute__((used)) uint32_t cortex_m_fault(const struct start_frame *frame, uint32_t back)
{
	struct start_frame *next = &cortex_m_fault_stack.frame, gone = { .pc = 0, .lr = 0 };

	if (back & START_PSP)
		__asm__("mrs %0, psp" : "=r"(frame));
	if (start_readable(frame))
		gone = *frame;
	next->r0 = start_exception();
	next->r1 = gone.pc;
	next->r2 = gone.lr;
	next->pc = (uint32_t)(uintptr_t)cortex_m_report & ~1u;
	/* The fault of a handler goes back to that handler. */
	next->xpsr = START_THUMB | (back & START_THREAD ? 0 : gone.xpsr & START_EXCEPTION);
	return (back & ~START_PSP) | START_NO_FP;
}

__attribute__((weak)) void cortex_m_interrupt(unsigned exception)
{
	say_hex("fault: interrupt of exception ", exception, SAY_WORD);
	board_write("\n", 1);
	board_exit(1);
}

static void start_interrupt_entry(void)
{
	cortex_m_interrupt(start_exception());
}

__attribute__((naked)) static void start_fault_entry(void)
{
	__asm__ volatile("cpsid i\n\tmrs r0, msp\n\tmov r1, lr\n\t"
			 "movs r2, #0\n\t" START_LIMIT(
				 "r2") "ldr r2, =cortex_m_fault_stack + 480\n\tmsr msp, r2\n\t"
				       "ldr r2, =cortex_m_fault\n\tblx r2\n\tbx r0\n\t.ltorg");
}

__attribute__((section(".vectors"),
	       used)) static void (*const start_vectors[16 + CORTEX_M_IRQS])(void) = {
	[0] = cortex_m_stack_top,
	[1] = cortex_m_reset,
	[2 ... 14] = start_fault_entry,
	[CORTEX_M_SYSTICK... 15 + CORTEX_M_IRQS] = start_interrupt_entry,
};
