/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef EXIT_LINE_H
#define EXIT_LINE_H

/*
 * Prints "[exit N]" and a newline on the console. board_exit of every board
 * begins with it: qemu/ judges a run by this line.
 */
void exit_line(int status);

/*
 * The guard of a handler of faults against itself, which it calls first. It
 * returns how many faults came before this one:
 *
 *	0	print a line, then board_exit(1)
 *	1	that faulted as well: print nothing, only board_exit(1)
 *	2	that faulted too: stop
 *
 * From the second fault on exit_line prints nothing.
 */
unsigned exit_fault(void);

#endif
