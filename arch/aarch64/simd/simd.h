/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registers of four words. Lane 0 is the lowest word of a register, whatever
 * the byte order of memory is.
 *
 * The instructions that tell lanes apart are written out. So they are the same
 * by each compiler and on a big-endian CPU, where the compilers' own functions
 * count lanes in other ways. Loads and stores ask for the alignment of a word
 * or a byte alone, so they do not fault while the MMU is off.
 */
#ifndef SIMD_H
#define SIMD_H

#include <stddef.h>
#include <stdint.h>

#define SIMD_INLINE static inline __attribute__((always_inline))

typedef uint32_t simd_vec __attribute__((vector_size(16)));

SIMD_INLINE simd_vec simd_splat(uint32_t word)
{
	return (simd_vec){ word, word, word, word };
}

/* Four words into the lanes. */
SIMD_INLINE simd_vec simd_load(const uint32_t *words)
{
	simd_vec x;

	__asm__("ld1 {%0.4s}, %1" : "=w"(x) : "Q"(*(const uint32_t(*)[4])words));
	return x;
}

/* One word into each lane. It does not go through a general register. */
SIMD_INLINE simd_vec simd_same(const uint32_t *word)
{
	simd_vec x;

	__asm__("ld1r {%0.4s}, %1" : "=w"(x) : "Q"(*word));
	return x;
}

SIMD_INLINE void simd_store(uint32_t *words, simd_vec x)
{
	__asm__("st1 {%1.4s}, %0" : "=Q"(*(uint32_t(*)[4])words) : "w"(x));
}

/* Sixteen bytes, the low byte of lane 0 first. */
SIMD_INLINE void simd_store_bytes(uint8_t *out, simd_vec x)
{
	__asm__("st1 {%1.16b}, %0" : "=Q"(*(uint8_t(*)[16])out) : "w"(x));
}

/* The bytes of each word the other way round. */
SIMD_INLINE simd_vec simd_turn(simd_vec x)
{
	__asm__("rev32 %0.16b, %0.16b" : "+w"(x));
	return x;
}

SIMD_INLINE void simd_put_4(uint8_t out[64], const simd_vec x[4])
{
	simd_store_bytes(out, x[0]);
	simd_store_bytes(out + 16, x[1]);
	simd_store_bytes(out + 32, x[2]);
	simd_store_bytes(out + 48, x[3]);
}

/* The first len bytes of block, low bytes first. */
SIMD_INLINE void simd_put(uint8_t *out, const simd_vec *block, size_t len)
{
	uint8_t last[16];

	for (; len >= 16; out += 16, len -= 16)
		simd_store_bytes(out, *block++);
	if (!len)
		return;
	simd_store_bytes(last, *block);
	for (size_t i = 0; i < len; i++)
		out[i] = last[i];
}

/*
 * Deeper than a keystream's frames below the function that it is called by. A
 * build without optimisation has a place there for each step.
 */
#ifdef __OPTIMIZE__
#define SIMD_FRAME 1024
#else
#define SIMD_FRAME 8192
#endif

static __attribute__((noinline)) void simd_wipe_frame(void)
{
	simd_vec dead[SIMD_FRAME / 16];

	for (size_t i = 0; i < SIMD_FRAME / 16; i += 4)
		dead[i] = dead[i + 1] = dead[i + 2] = dead[i + 3] = simd_splat(0);
	/* The compiler must believe that the zeros are read. */
	__asm__ volatile("" : : "r"(dead) : "memory");
}

#define SIMD_CLEAR(a, b, c, d)                                              \
	__asm__ volatile("movi v" #a ".16b, #0\n\tmovi v" #b ".16b, #0\n\t" \
			 "movi v" #c ".16b, #0\n\tmovi v" #d ".16b, #0"     \
			 :                                                  \
			 :                                                  \
			 : "v" #a, "v" #b, "v" #c, "v" #d)

/*
 * What a function that has just returned to this one's caller has left: its
 * frame, and registers. It put back the low halves of V8 to V15 by loads, which
 * clear the upper halves. A key goes through no general register.
 */
SIMD_INLINE void simd_wipe(void)
{
	simd_wipe_frame();
	SIMD_CLEAR(0, 1, 2, 3);
	SIMD_CLEAR(4, 5, 6, 7);
	SIMD_CLEAR(16, 17, 18, 19);
	SIMD_CLEAR(20, 21, 22, 23);
	SIMD_CLEAR(24, 25, 26, 27);
	SIMD_CLEAR(28, 29, 30, 31);
}

#endif
