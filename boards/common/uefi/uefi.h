/* SPDX-License-Identifier: BSD-2-Clause */
/* What the UEFI boards share: entry, console, loop and exit (uefi.c). A board is its sources. */
#ifndef BOARD_UEFI_H
#define BOARD_UEFI_H

#include "board.h"
#include "sb_loop.h"
#include "sb_uefi.h"

extern struct sb_uefi board_uefi; /* the board gives its counter */
extern const struct sb_loop board_loop;

void board_find(void); /* of the board: what it looks for before main */
int main(void);

#endif
