/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef EXIT_LINE_H
#define EXIT_LINE_H

/*
 * Prints "[exit N]" and a newline on the console. board_exit of every board
 * begins with it: qemu/ judges a run by this line.
 */
void exit_line(int status);

#endif
