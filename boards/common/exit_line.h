/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOARD_EXIT_LINE_H
#define BOARD_EXIT_LINE_H

void board_exit_line(int status); /* "[exit N]" to the console, which board_exit begins with */

#endif
