/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A timer that interrupts, and another interrupt that preempts it. A board that
 * is stressed defines them in its tick.c.
 */
#ifndef TICK_H
#define TICK_H

/*
 * The program defines this. It is called in each timer interrupt, with the
 * other interrupt let in, and in the other interrupt.
 */
void tick(void);

void tick_start(void); /* about every 20 us */
void tick_stop(void);
/*
 * Raises the other interrupt. It comes before this returns, or as soon as it is
 * let in.
 */
void tick_raise(void);

#endif
