/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the keystreams of this folder share. Each is a `run` that calls a body
 * and then wipes what the body left: the registers, and the stack below `run`,
 * where the compiler may have kept some of them.
 *
 *	uintptr_t low = x_body(key, nonce, out, len);
 *
 *	simd_wipe_sse();
 *	simd_wipe_stack(low);
 *
 * The body is noinline and ends with `return simd_low()`. All that it calls is
 * inlined into it, at each level of optimisation.
 */
#ifndef SIMD_H
#define SIMD_H

#ifdef __AVX__
#error "compile this folder with -mno-avx (ARCH_CFLAGS_SIMD in arch.mk)"
#endif

#include <stddef.h>
#include <stdint.h>

/* gcc's immintrin.h would include a header that wants the free of stdlib.h. */
#define _MM_MALLOC_H_INCLUDED
#include <immintrin.h>

#define SIMD_INLINE static inline __attribute__((always_inline))
#define SIMD_BODY static __attribute__((noinline))

/*
 * Where this function's frame ends, with the red zone of a process. The operand
 * in memory keeps the frame set up around it.
 */
SIMD_INLINE uintptr_t simd_low(void)
{
	uintptr_t low, in_frame;

	__asm__ volatile("lea -128(%%rsp), %0" : "=r"(low), "=m"(in_frame));
	return low;
}

/*
 * Downward from here, in steps of 64 bytes: what lies below is dead as well. A
 * function that calls another one keeps nothing below its stack pointer. That
 * goes down meanwhile, so for an interrupt and for valgrind this is the stack.
 *
 * Then the general registers that a call may change: a copy went through them.
 */
SIMD_INLINE void simd_wipe_stack(uintptr_t low)
{
	uint64_t at = low;

	__asm__ volatile("mov %%rsp, %%rcx\n\t"
			 "mov %%rsp, %%rdx\n\t"
			 "lea -64(%%rax), %%rsp\n\t"
			 "pxor %%xmm0, %%xmm0\n"
			 "1:\tsub $64, %%rdx\n\t"
			 "movups %%xmm0, 48(%%rdx)\n\t"
			 "movups %%xmm0, 32(%%rdx)\n\t"
			 "movups %%xmm0, 16(%%rdx)\n\t"
			 "movups %%xmm0, (%%rdx)\n\t"
			 "cmp %%rax, %%rdx\n\t"
			 "ja 1b\n\t"
			 "mov %%rcx, %%rsp\n\t"
			 ".irp n,eax,ecx,edx,esi,edi,r8d,r9d,r10d,r11d\n\t"
			 "xor %%\\n, %%\\n\n\t.endr"
			 : "+a"(at)
			 :
			 : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "cc",
			   "memory");
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

/* The first n < 16 bytes of x. */
SIMD_INLINE void simd_tail(uint8_t *out, __m128i x, size_t n)
{
	typedef uint32_t __attribute__((may_alias, aligned(1))) word;
	typedef uint16_t __attribute__((may_alias, aligned(1))) half;
	uint32_t last;

	if (n & 8) {
		_mm_storel_epi64((__m128i *)(void *)out, x);
		x = _mm_unpackhi_epi64(x, x);
		out += 8;
	}
	last = (uint32_t)_mm_cvtsi128_si32(x);
	if (n & 4) {
		*(word *)(void *)out = last;
		last = (uint32_t)_mm_cvtsi128_si32(_mm_srli_epi64(x, 32));
		out += 4;
	}
	if (n & 2) {
		*(half *)(void *)out = (uint16_t)last;
		last >>= 16;
		out += 2;
	}
	if (n & 1)
		*out = (uint8_t)last;
}

/*
 * The first n bytes of these blocks. The barrier keeps the compiler from making
 * a call or a REP MOVS of the loop: the one leaves the bytes in registers that
 * nobody here wipes, the other is slow to begin.
 */
SIMD_INLINE void simd_put(uint8_t *out, const __m128i *block, size_t n)
{
	for (; n >= 16; n -= 16, out += 16) {
		_mm_storeu_si128((__m128i *)(void *)out, *block++);
		__asm__ volatile("" : : : "memory");
	}
	if (n)
		simd_tail(out, *block, n);
}

#endif
