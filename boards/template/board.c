/* SPDX-License-Identifier: BSD-2-Clause */
/* The least that boots: a console, an end, and what seedbed asks for. */
#include "board.h"
#include "constructors.h"
#include "exit_line.h"
#include "io.h"
#include "sb_hal.h"
#include "sb_x86.h"
#include "x86.h"

/* 16550 at COM1: National PC16550D data sheet, section 8. */
#define TEMPLATE_COM1 0x3f8
#define TEMPLATE_COM1_LINE_STATUS (TEMPLATE_COM1 + 5)
#define TEMPLATE_COM1_EMPTY 0x20
#define TEMPLATE_COM1_POLLS 100000u /* a byte takes 87 us at 115200 baud */

#define TEMPLATE_EXIT 0xf4 /* -device isa-debug-exit,iobase=0xf4 */
#define TEMPLATE_EXIT_PASS 0x10u

_Noreturn void x86_main(void); /* x86/pvh.S calls it */

const char *board_facts; /* nothing to tell */

void board_write(const char *text, size_t len)
{
	for (; len--; text++) {
		for (uint32_t polls = 0; polls < TEMPLATE_COM1_POLLS; polls++)
			if (sb_io_in8(TEMPLATE_COM1_LINE_STATUS) & TEMPLATE_COM1_EMPTY)
				break;
		sb_io_out8(TEMPLATE_COM1, (uint8_t)*text);
	}
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	sb_io_out32(TEMPLATE_EXIT, TEMPLATE_EXIT_PASS + (unsigned)status);
	for (;;)
		__asm__ volatile("cli; hlt");
}

int board_event(void)
{
	return -1; /* there is no loop to wake */
}

_Noreturn void x86_main(void)
{
	x86_trap_init();
	board_exit(constructors_main());
}

static const struct sb_x86_cpu template_cpu = { .cpuid = sb_x86_cpuid };

static const struct sb_source template_sources[] = {
	SB_X86_RDSEED(&template_cpu),
	SB_X86_RDRAND(&template_cpu),
};

/*
 * One CPU and no task, so there is no enter and no leave. There is no loop: the
 * program calls seedbed_gather itself.
 */
const struct sb_hal sb_platform = {
	.cycles = sb_x86_tsc,
	.cycle_bits = 64,
	.sources = template_sources,
	.source_count = sizeof template_sources / sizeof template_sources[0],
};
