/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a program under newlib, on a board without newlib's crt0. */
#include "board.h"

_Noreturn void _exit(int status);
void _fini(void);

/* Takes the place of libgloss's _exit, so that the exit line is printed. */
_Noreturn void _exit(int status)
{
	board_exit(status);
}

/*
 * crti.o would define this. No C++ destructor is registered here, so it is
 * never called.
 */
void _fini(void)
{
}
