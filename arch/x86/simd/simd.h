/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the keystreams of this folder share. Each is a `run` that calls a body
 * and then wipes what the body left: the registers, and the stack below `run`,
 * where the compiler may have kept some of them.
 *
 *	uintptr_t low;
 *
 *	x_body(key, nonce, out, len, &low);
 *	simd_wipe_sse();
 *	simd_wipe_stack(low);
 *
 * The body is noinline and begins with *low = simd_low(). All that it calls is
 * inlined into it, at each level of optimisation.
 */
#ifndef SIMD_H
#define SIMD_H

#include <stddef.h>
#include <stdint.h>

/* gcc's immintrin.h would include a header that wants the free of stdlib.h. */
#define _MM_MALLOC_H_INCLUDED
#include <immintrin.h>

#define SIMD_INLINE static inline __attribute__((always_inline))
#define SIMD_BODY static __attribute__((noinline))

/*
 * Where this function's frame ends, with the red zone of a process. The operand
 * in memory is there so that the frame is set up before.
 */
SIMD_INLINE uintptr_t simd_low(void)
{
	uintptr_t low, in_frame;

	__asm__ volatile("lea -128(%%rsp), %0" : "=r"(low), "=m"(in_frame));
	return low;
}

/* A function that calls another one keeps nothing below its stack pointer. */
SIMD_INLINE void simd_wipe_stack(uintptr_t low)
{
	__asm__ volatile("1:\tmovq $0, (%0)\n\t"
			 "add $8, %0\n\t"
			 "cmp %%rsp, %0\n\t"
			 "jb 1b"
			 : "+r"(low)
			 :
			 : "cc", "memory");
}

#define SIMD_LOW_16                                                                              \
	"xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", \
		"xmm11", "xmm12", "xmm13", "xmm14", "xmm15"
#define SIMD_EACH_LOW ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n\t"
#define SIMD_EACH_HIGH ".irp n,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n\t"

/* The upper halves of YMM stay as they are. */
SIMD_INLINE void simd_wipe_sse(void)
{
	__asm__ volatile(SIMD_EACH_LOW "pxor %%xmm\\n, %%xmm\\n\n\t.endr" : : : SIMD_LOW_16);
}

/* Code of SSE is slow while an upper half is in use: hence vzeroupper. */
SIMD_INLINE void simd_wipe_avx(void)
{
	__asm__ volatile(SIMD_EACH_LOW "vpxor %%xmm\\n, %%xmm\\n, %%xmm\\n\n\t.endr\n\t"
				       "vzeroupper"
			 :
			 :
			 : SIMD_LOW_16);
}

SIMD_INLINE void simd_wipe_avx512(void)
{
	__asm__ volatile(SIMD_EACH_HIGH "vpxord %%xmm\\n, %%xmm\\n, %%xmm\\n\n\t.endr" : : :);
	simd_wipe_avx();
}

#endif
