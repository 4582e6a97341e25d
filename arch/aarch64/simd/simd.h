/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the keystreams of this folder share. Each is a `run` that calls a body
 * and then wipes what the body left: the stack below `run`, where the compiler
 * may have kept registers, and the registers.
 *
 *	uintptr_t low = x_body(key, nonce, out, len);
 *
 *	simd_wipe_stack(low);
 *	simd_wipe_registers();
 *
 * The body ends with `return simd_low()`. All that it calls is inlined into it,
 * at each level of optimisation. A key goes through no general register.
 *
 * Registers have four words. Lane 0 is the lowest word of a register, whatever
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
#define SIMD_BODY static __attribute__((noinline))

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

/* The first n < 16 bytes. They pass through no other register. */
SIMD_INLINE void simd_put_bytes(uint8_t *out, simd_vec x, size_t n)
{
	for (; n; n--)
		__asm__("st1 {%1.b}[0], %0\n\text %1.16b, %1.16b, %1.16b, #1"
			: "=Q"(*out++), "+w"(x));
}

/* The first n bytes of these blocks. */
SIMD_INLINE void simd_put(uint8_t *out, const simd_vec *block, size_t n)
{
	for (; n >= 16; out += 16, n -= 16)
		simd_store_bytes(out, *block++);
	if (n)
		simd_put_bytes(out, *block, n);
}

/* Where this function's frame ends. The operand in memory keeps the frame set
   up around it. */
SIMD_INLINE uintptr_t simd_low(void)
{
	uintptr_t low, in_frame;

	__asm__ volatile("mov %0, sp" : "=r"(low), "=m"(in_frame));
	return low;
}

/* Downward from here in steps of 64 bytes: what lies below is dead as well. */
SIMD_INLINE void simd_wipe_stack(uintptr_t low)
{
	uintptr_t at;

	__asm__ volatile("movi v0.16b, #0\n\t"
			 "mov %0, sp\n"
			 "1:\tstp q0, q0, [%0, #-32]\n\t"
			 "stp q0, q0, [%0, #-64]!\n\t"
			 "cmp %0, %1\n\t"
			 "b.hi 1b"
			 : "=&r"(at)
			 : "r"(low)
			 : "cc", "memory", "v0");
}

/*
 * A body puts back the low halves of V8 to V15 by loads, which clear the upper
 * ones. The others it need not keep.
 */
SIMD_INLINE void simd_wipe_registers(void)
{
	__asm__ volatile(
		".irp n,0,1,2,3,4,5,6,7,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n\t"
		"movi v\\n\\().16b, #0\n\t"
		".endr"
		:
		:
		: "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v16", "v17", "v18", "v19", "v20",
		  "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31");
}

#endif
