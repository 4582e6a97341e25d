/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Alarm and event by two compare registers of one timer of 32 bits that counts
 * up. compare.c has wfi_alarm, wfi_taken and board_event.
 */
#ifndef COMPARE_H
#define COMPARE_H

#include <stdint.h>

enum compare_what { COMPARE_ALARM, COMPARE_EVENT };

/* Each board defines this. Addresses of registers; by enum compare_what, the
   place to compare with and the bit of a match, which is cleared by a 1. */
extern const struct compare_timer {
	uintptr_t count, status, compare[2];
	uint32_t match[2];
	uint32_t hz;
} compare_timer;

/* Once the timer runs, and its interrupts reach the CPU. */
void compare_start(void);

#endif
