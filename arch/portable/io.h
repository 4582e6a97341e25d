/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices, as arch/io_memory.h describes it. This one is for
 * tests on a host: its fences are the compiler's own, not the rules of an ISA
 * for devices.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include "io_memory.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline void sb_io_publish(void)
{
#ifdef __TINYC__ /* it has no fence of its own, and an assembler for x86 alone */
	__asm__ volatile("mfence" : : : "memory");
#else
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

static inline void sb_io_acquire(void)
{
	sb_io_publish();
}

static inline void sb_io_relax(void)
{
	sb_io_fixed();
}

#ifdef __cplusplus
}
#endif
#endif
