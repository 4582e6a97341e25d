/* SPDX-License-Identifier: BSD-2-Clause */
/* What a board gives to a program besides sb_platform. A program is `int main(void)`; its status ends the run. */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

extern const char board_name[]; /* the name of its folder; the first line of every receipt */
extern const char *
	board_facts; /* "key=value ..." that it found out about its machine, for the receipt; NULL: nothing */
void board_write(const char *text, size_t len); /* to the console, as it is */
__attribute__((noreturn)) void
board_exit(int status); /* says "[exit N]" on the console, then ends the run with it */

/* Makes an event happen that ends the next wait of sb_platform.loop early, by what the machine has for it (an interrupt that the CPU sends to
   itself), so that tests/loop.c sees that way work. 0; -1: nothing can do that here. */
int board_event(void);

#ifdef __cplusplus
}
#endif

#endif
