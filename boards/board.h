/* SPDX-License-Identifier: BSD-2-Clause */
/* What a board gives to a program besides sb_platform. A program is `int main(void)`; its status ends the run. */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>

extern const char board_name[];                 /* the name of its folder; the first line of every receipt */
void board_write(const char *text, size_t len); /* to the console, as it is */
_Noreturn void board_exit(int status);          /* says "[exit N]" on the console, then ends the run with it */

#endif
