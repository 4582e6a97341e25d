/* SPDX-License-Identifier: BSD-2-Clause */
/* How a program ends under newlib on a board that has no crt0 of newlib's. */
#include "board.h"

_Noreturn void _exit(int status);
void _fini(void);

/* In the place of libgloss's own, so that the console says so. */
_Noreturn void _exit(int status)
{
	board_exit(status);
}

/* What crti.o would define. Nothing registers C++ destructors here, so it is never called. */
void _fini(void)
{
}
