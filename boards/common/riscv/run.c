/* SPDX-License-Identifier: BSD-2-Clause */
/* The program, and the refusal of an image in a mode that it is not for. */
#include <string.h>
#include "riscv.h"

#ifdef BOARD_HAS_EXIT
/*
 * A C library's, which runs the destructors, behind what atexit was told, and
 * comes back to board_exit.
 */
_Noreturn void exit(int status);
#endif

_Noreturn void riscv_run(void)
{
#ifdef BOARD_HAS_EXIT
	constructors_run();
	exit(main());
#else
	board_exit(constructors_main());
#endif
}

_Noreturn void riscv_wrong_mode(void)
{
#ifdef RISCV_SUPERVISOR
	static const char says[] = "start: an image for S-mode, and this is M-mode\n";
#else
	static const char says[] = "start: an image for M-mode, and this is S-mode\n";
#endif

	board_write(says, strlen(says));
	board_exit(1);
}
