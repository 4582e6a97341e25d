/* SPDX-License-Identifier: BSD-2-Clause */
/* Console and end: LoPAR, H_PUT_TERM_CHAR and power-off of RTAS. */
#include "exit_line.h"
#include "pseries.h"

#define CONSOLE_PUT 0x58
#define CONSOLE_BYTES 16u
#define CONSOLE_TRIES 100000u /* before the rest is given up */
/* RTAS by a call of the hypervisor: QEMU docs/specs/ppc-spapr-hcalls. */
#define CONSOLE_RTAS 0xf000

static uint32_t console_terminal, console_off;

void pseries_console_start(uint32_t terminal, uint32_t off)
{
	console_terminal = terminal;
	console_off = off;
}

int64_t pseries_call(uint64_t number, uint64_t first, uint64_t second)
{
	uint64_t reg[SB_POWER_HCALL] = { number, first, second };

	sb_power_hcall(reg);
	return (int64_t)reg[0];
}

/* The first character is the highest byte of the first register. */
static int64_t console_put(const char *text, size_t len)
{
	uint64_t reg[SB_POWER_HCALL] = { CONSOLE_PUT, console_terminal, len };

	for (size_t i = 0; i < len; i++)
		reg[3 + i / 8] |= (uint64_t)(uint8_t)text[i] << (56 - i % 8 * 8);
	sb_power_hcall(reg);
	return (int64_t)reg[0];
}

/* Any result but 0 is "later", or a failure, which does not go away either. */
void board_write(const char *text, size_t len)
{
	size_t part;

	for (; len; text += part, len -= part) {
		uint32_t tries = CONSOLE_TRIES;

		part = len < CONSOLE_BYTES ? len : CONSOLE_BYTES;
		while (console_put(text, part) != 0)
			if (!--tries)
				return;
	}
}

/* Big-endian cells: the token, two counts, two arguments, and a status. */
static void console_power_off(void)
{
	static uint8_t cells[6 * 4] __attribute__((aligned(8)));

	pseries_store(cells, console_off);
	pseries_store(cells + 4, 2);
	pseries_store(cells + 8, 1);
	(void)pseries_call(CONSOLE_RTAS, (uintptr_t)cells, 0);
}

/* Nobody is told of the status: QEMU would add a line of its own. */
_Noreturn void board_exit(int status)
{
	exit_line(status);
	if (console_off)
		console_power_off();
	for (;;)
		;
}
