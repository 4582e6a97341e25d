/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the UEFI boards share: entry, console, loop and exit (start.c). A board
 * adds its sources.
 */
#ifndef UEFI_H
#define UEFI_H

#include "board.h"
#include "constructors.h"
#include "sb_loop.h"
#include "sb_uefi.h"

extern struct sb_uefi uefi_firmware; /* the board sets its counter */
extern const struct sb_loop uefi_loop;

/* The board defines this. It runs before main and looks for what it needs. */
void uefi_find(void);

#endif
