/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on POWER, as arch/io_memory.h describes it. Book
 * and section numbers are those of Power ISA 3.0B.
 *
 * Accesses to storage that is caching-inhibited and guarded stay in order among
 * loads and among stores. A load and a store may pass each other (Book II,
 * section 1.7.1), which SYNC forbids. So each access begins with one.
 */
#ifndef SB_IO_H
#define SB_IO_H

/* Orders all accesses, in the eyes of a device too: Book II, section 4.6.3. */
static inline void sb_io_sync(void)
{
	__asm__ volatile("sync" : : : "memory");
}

#define SB_IO_BEFORE() sb_io_sync()
#include "io_memory.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline void sb_io_publish(void)
{
	sb_io_sync();
}

static inline void sb_io_acquire(void)
{
	sb_io_sync();
}

/* Lets the other threads of the core run ahead: Book II, section 3.2. */
static inline void sb_io_relax(void)
{
	__asm__ volatile("or 1, 1, 1\n\tor 2, 2, 2" : : : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
