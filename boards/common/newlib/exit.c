/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a program under newlib, on a board without newlib's crt0. */
#include "board.h"

#define EXIT_SIGNAL 128 /* and the number of the signal, as shells have it */

_Noreturn void _exit(int status);
int _kill(int process, int signal);
void _fini(void);
extern const char __libc_fini;
extern void *__dso_handle;

/* Takes the place of libgloss's _exit, so that the exit line is printed. */
_Noreturn void _exit(int status)
{
	board_exit(status);
}

/*
 * And of its _kill: raise and abort end here, and arc4random, which raises
 * SIGKILL where it is refused.
 */
int _kill(int process, int signal)
{
	(void)process;
	board_exit(EXIT_SIGNAL + signal);
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
