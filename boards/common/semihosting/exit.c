/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a run through Arm semihosting. */
#include "board.h"
#include "exit_line.h"
#include "semihosting.h"

/* Semihosting for AArch32 and AArch64, Release 2.0, sections 6 and 7. */
#define EXIT_EXTENDED 0x20u
#define EXIT_APPLICATION 0x20026u

_Noreturn void board_exit(int status)
{
	const uintptr_t block[2] = { EXIT_APPLICATION, (uintptr_t)status };

	exit_line(status);
	for (;;)
		(void)semihosting_call(EXIT_EXTENDED, block);
}
