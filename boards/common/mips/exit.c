/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a run through MIPS's own semihosting. */
#include "board.h"
#include "exit_line.h"

/*
 * Unified Hosting Interface, MD01069 revision 1.1.6: SDBBP 1, with the
 * operation in t9 and its argument in a0. Without a debugger or QEMU it is an
 * exception of debug mode, and nothing ends.
 */
#define EXIT_OPERATION 1

static void exit_ask(int status)
{
	register int operation __asm__("$25") = EXIT_OPERATION;
	register int argument __asm__("$4") = status;

	__asm__ volatile("sdbbp 1" : "+r"(operation), "+r"(argument) : : "$2", "$3", "memory");
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	for (;;)
		exit_ask(status);
}
