/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a program under newlib, on a board without newlib's crt0. */
#include "board.h"

_Noreturn void _exit(int status);
void _fini(void);
extern const char __libc_fini;
extern void *__dso_handle;

/* Takes the place of libgloss's _exit, so that the exit line is printed. */
_Noreturn void _exit(int status)
{
	board_exit(status);
}

/*
 * Where this symbol is, newlib's exit runs .fini_array, and calls _fini behind
 * it (newlib/libc/stdlib/__call_atexit.c, libc/misc/fini.c). crti.o would
 * define _fini.
 */
const char __libc_fini;
void _fini(void)
{
}

/*
 * The name of this program where C++ registers the destructors of its static
 * objects. crtbegin.o would define it.
 */
__attribute__((weak)) void *__dso_handle;
