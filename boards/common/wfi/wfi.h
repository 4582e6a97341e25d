/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The event loop of a machine whose interrupts stay masked: an interrupt that
 * is pending still ends WFI. No handler ever runs, so nothing needs a lock.
 */
#ifndef WFI_H
#define WFI_H

#include "sb_loop.h"

/* For sb_hal.loop. */
extern const struct sb_loop wfi_loop;

/*
 * A family or a board defines these. The first one is sb_loop.now.
 *
 * wfi_alarm asks for an interrupt after ns nanoseconds, or somewhat earlier. 0
 * puts it off.
 *
 * wfi_taken takes what is pending, so that it does not end the next sleep.
 * Nonzero if that was more than the alarm.
 *
 * wfi_sleep waits for all earlier accesses, and then for an interrupt.
 */
uint64_t wfi_now(void);
void wfi_alarm(uint32_t ns);
int wfi_taken(void);
void wfi_sleep(void);

/*
 * Set it when interrupts can end WFI. Until then a wait polls, and wfi_alarm,
 * wfi_taken and wfi_sleep are not called.
 */
extern int wfi_works;

/* Between ticks of a counter and nanoseconds. 0 Hz is unknown: 1 GHz. */
uint64_t wfi_ns(uint64_t ticks, uint32_t hz);
/* Of ns up to 4 s. Rounds down. */
uint64_t wfi_ticks(uint32_t ns, uint32_t hz);

#endif
