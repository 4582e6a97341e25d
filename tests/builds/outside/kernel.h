/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel that knows nothing of seedbed. It runs in the upper half without an
 * identity map. It has a tick of a millisecond and one task.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include <stddef.h>
#include <stdint.h>

uint64_t kernel_ticks(void);
void kernel_sleep(void);                     /* until the next interrupt */
void kernel_on_tick(void (*call)(uint32_t)); /* from the tick's interrupt */

uint64_t kernel_physical(const volatile void *at); /* of static memory */
void *kernel_device(uint32_t physical);            /* of the fourth GiB */

void kernel_print(const char *text, size_t len);
_Noreturn void kernel_stop(int code); /* ends QEMU with code << 1 | 1 */

/* The kernel calls this function of others. */
int kernel_task(void);

#endif
