/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MIPS Malta as QEMU has it (addresses: hw/mips/malta.c), behind a boot loader
 * like YAMON.
 */
#include "io.h"
#include "malta.h"

/* The CPU has 320 MHz, and Count goes on each second cycle. */
#define MALTA_COUNT_HZ 160000000u

/* National Semiconductor PC16550D, table II. The loader has set it up. */
#define MALTA_UART (GT64120_PORTS + 0x3f8)
#define MALTA_UART_STATUS (MALTA_UART + 5)
#define MALTA_UART_EMPTY 0x20u
#define MALTA_UART_POLLS 100000u /* a byte takes 87 us at 115200 baud */

const char *board_facts;

struct sb_seed_state malta_seed;

void board_write(const char *text, size_t len)
{
	while (len--) {
		for (uint32_t polls = 0; polls < MALTA_UART_POLLS &&
					 !(sb_io_read8(MALTA_UART_STATUS) & MALTA_UART_EMPTY);
		     polls++)
			sb_io_relax();
		sb_io_write8(MALTA_UART, (uint8_t)*text++);
	}
}

_Noreturn void mips_main(uintptr_t environment, uint32_t ram)
{
	mips_timer_start(MALTA_COUNT_HZ);
	yamon_seed(environment, ram, &malta_seed);
	gt64120_find_rng();
	board_exit(constructors_main());
}
