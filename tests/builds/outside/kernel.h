/* SPDX-License-Identifier: BSD-2-Clause */
/* A kernel that knew nothing of seedbed: upper half, no identity map, a tick of a millisecond, one task. */
#ifndef KERNEL_H
#define KERNEL_H

#include <stddef.h>
#include <stdint.h>

uint64_t kernel_ticks(void);
void kernel_sleep(void);                     /* until the next interrupt */
void kernel_on_tick(void (*call)(uint32_t)); /* from the tick's interrupt, with its number */

uint64_t kernel_physical(const volatile void *at); /* of static memory */
void *kernel_device(uint32_t physical);            /* of the fourth GiB */

void kernel_print(const char *text, size_t len);
_Noreturn void kernel_stop(int code); /* ends QEMU with code << 1 | 1 */

/* What it calls of others. */
int kernel_task(void);

#endif
