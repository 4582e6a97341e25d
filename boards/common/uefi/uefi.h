/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the UEFI boards share: entry, console, loop and exit (start.c). A board
 * adds its sources.
 */
#ifndef UEFI_H
#define UEFI_H

#include "board.h"
#include "constructors.h"
#include "sb_epoch.h"
#include "sb_loop.h"
#include "sb_uefi.h"

extern struct sb_uefi uefi_firmware; /* the board sets its counter */
extern const struct sb_loop uefi_loop;

/* The board defines this. It runs before main and looks for what it needs. */
void uefi_find(void);

/*
 * epoch.c: finds what tells that the machine was cloned, in the firmware's
 * tables of ACPI and its device tree; for sb_hal.epoch. The board may have
 * added a place before.
 */
extern struct sb_epoch uefi_places;
void uefi_find_epoch(void);
int uefi_epoch(uint8_t id[16]);

#endif
