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
#include "hex.h"

/* link.ld */
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
void cortex_m_fault(const uint32_t *frame);

__attribute__((weak)) void cortex_m_setup(void)
{
}

void cortex_m_reset(void)
{
	int status;

	memcpy(cortex_m_data, cortex_m_data_load, (size_t)(cortex_m_data_end - cortex_m_data));
	memset(cortex_m_bss, 0, (size_t)(cortex_m_bss_end - cortex_m_bss));
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

static void start_hex(const char *name, uint32_t value)
{
	char digits[8];

	hex_digits(digits, sizeof digits, value);
	board_write(name, strlen(name));
	board_write(digits, sizeof digits);
}

/*
 * frame has r0-r3, r12, lr, pc and xpsr as the exception stacked them: DDI 0403
 * and DDI 0419, section B1.5.6.
 */
__attribute__((used)) void cortex_m_fault(const uint32_t *frame)
{
	start_hex("fault: exception ", start_exception());
	start_hex(" pc ", frame[6]);
	start_hex(" lr ", frame[5]);
	board_write("\n", 1);
	board_exit(1);
}

__attribute__((weak)) void cortex_m_interrupt(unsigned exception)
{
	start_hex("fault: interrupt of exception ", exception);
	board_write("\n", 1);
	board_exit(1);
}

static void start_interrupt_entry(void)
{
	cortex_m_interrupt(start_exception());
}

__attribute__((naked)) static void start_fault_entry(void)
{
	__asm__ volatile("mrs r0, msp\n\tldr r1, =cortex_m_fault\n\tbx r1\n\t.ltorg");
}

__attribute__((section(".vectors"),
	       used)) static void (*const start_vectors[16 + CORTEX_M_IRQS])(void) = {
	[0] = cortex_m_stack_top,
	[1] = cortex_m_reset,
	[2 ... 14] = start_fault_entry,
	[CORTEX_M_SYSTICK... 15 + CORTEX_M_IRQS] = start_interrupt_entry,
};
