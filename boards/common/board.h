/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a board gives to a program besides sb_platform. A program is `int
 * main(void)`. Its status ends the run.
 */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The name of the board's folder. It is in the first lines of every receipt. */
extern const char board_name[];
/*
 * Facts about the machine that the board found out, as "key=value ...", for the
 * receipt. NULL if there are none.
 */
extern const char *board_facts;
/* Writes to the console and adds nothing. */
void board_write(const char *text, size_t len);
/* Prints "[exit N]" on the console, then ends the run with this status. */
__attribute__((noreturn)) void board_exit(int status);

/*
 * Makes an event happen that ends the next wait of sb_platform.loop early, so
 * that tests/guests/loop.c can test it. It uses what the machine has for that,
 * such as an interrupt that the CPU sends to itself. Returns 0, or -1 if this
 * machine has nothing for it.
 */
int board_event(void);

#ifdef __cplusplus
}
#endif

#endif
