/* SPDX-License-Identifier: BSD-2-Clause */
/* What takes a wipe out of the keystreams, for the red twins of leftovers.c. */
#ifndef UNWIPED_H
#define UNWIPED_H

extern int unwiped_stack, unwiped_registers;

/* With -include: arch/x86/simd/simd.h, where each wipe asks first. */
#ifdef UNWIPED
#include "simd.h"
#define simd_wipe_stack(low) (unwiped_stack ? (void)(low) : simd_wipe_stack(low))
#define simd_wipe_sse() (unwiped_registers ? (void)0 : simd_wipe_sse())
#define simd_wipe_avx() (unwiped_registers ? (void)0 : simd_wipe_avx())
#define simd_wipe_avx512() (unwiped_registers ? (void)0 : simd_wipe_avx512())
#endif

#endif
