/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on LoongArch, as arch/io_memory.h describes it.
 * Sections are those of the LoongArch Reference Manual, Volume 1, version 1.10.
 *
 * Devices lie in memory of the type "strongly-ordered uncached". A CPU makes
 * such accesses in program order, one at a time (section 2.1.7). So the
 * accessors need no barrier.
 */
#ifndef SB_IO_H
#define SB_IO_H

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "LoongArch is little-endian"
#endif

#include "io_memory.h"

#ifdef __cplusplus
extern "C" {
#endif

/* DBAR with the hint 0 orders all accesses before it and behind it: section
   2.2.8.1. Each CPU has that one. */
static inline void sb_io_publish(void)
{
	__asm__ volatile("dbar 0" : : : "memory");
}

static inline void sb_io_acquire(void)
{
	__asm__ volatile("dbar 0" : : : "memory");
}

static inline void sb_io_relax(void)
{
	sb_io_fixed();
}

#ifdef __cplusplus
}
#endif
#endif
