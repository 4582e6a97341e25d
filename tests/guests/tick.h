/* SPDX-License-Identifier: BSD-2-Clause */
/* A timer interrupt on a board, as tests/tick_BOARD.c makes it. */
#ifndef TICK_H
#define TICK_H

/* The program's: called in each timer interrupt with the other one let in, and in that other one. */
void tick(void);

void tick_start(void); /* every 20 us or so */
void tick_stop(void);
void tick_raise(
	void); /* the other interrupt, which preempts the timer's: before this returns, or as soon as it is let in */

#endif
