/* SPDX-License-Identifier: BSD-2-Clause */
/* Takes a wipe out of the keystreams, for the red twins of leftovers.c. */
#include "simd.h"

#ifdef WITHOUT_STACK
#define simd_wipe_stack(low) ((void)(low))
#endif
#ifdef WITHOUT_REGISTERS
#define simd_wipe_sse() ((void)0)
#define simd_wipe_avx() ((void)0)
#define simd_wipe_avx512() ((void)0)
#endif
