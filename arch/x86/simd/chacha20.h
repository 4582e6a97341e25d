/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ChaCha20 (RFC 8439, section 2.3) by rows. A row is four words of the state. A
 * register has the same row of LANES blocks, whose counters follow each other.
 * So four registers are LANES blocks, and nothing is transposed: one block is
 * made as well as many. Such a group mostly waits for itself, and three of them
 * take little longer than one.
 *
 * The file of a width defines CHACHA20_TARGET, which allows the compiler its
 * instructions, CHACHA20_LANES, and CHACHA20_TURN(row, order), which turns the
 * words within each lane as PSHUFD does. It includes this header, and defines
 * the functions of a row that are declared here alone.
 */
#ifndef CHACHA20_H
#define CHACHA20_H

#include "sb_x86_simd.h"
#include "simd.h"

#define CHACHA20_INLINE CHACHA20_TARGET SIMD_INLINE
#define CHACHA20_ONE (64u * CHACHA20_LANES) /* bytes of a group */
#define CHACHA20_THREE (3 * CHACHA20_ONE)

typedef uint32_t chacha20_row __attribute__((vector_size(16 * CHACHA20_LANES)));

struct chacha20_rows {
	chacha20_row a, b, c, d;
};

/* The file of a width has these. */
CHACHA20_INLINE chacha20_row chacha20_spread(__m128i words);     /* into each lane */
CHACHA20_INLINE chacha20_row chacha20_left_16(chacha20_row row); /* rotates each word */
CHACHA20_INLINE chacha20_row chacha20_left_8(chacha20_row row);
/* The blocks, one behind the other. */
CHACHA20_INLINE void chacha20_write(uint8_t *out, const struct chacha20_rows *x);

static const uint32_t chacha20_known[8] = SB_KNOWN_CHACHA20;
static const uint32_t chacha20_counters[16] = { 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3 };

#define CHACHA20_LEFT(row, n) ((row) << (n) | (row) >> (32 - (n)))

/* A quarter round on each column at once. */
CHACHA20_INLINE void chacha20_quarters(struct chacha20_rows *x)
{
	x->a += x->b;
	x->d = chacha20_left_16(x->d ^ x->a);
	x->c += x->d;
	x->b = CHACHA20_LEFT(x->b ^ x->c, 12);
	x->a += x->b;
	x->d = chacha20_left_8(x->d ^ x->a);
	x->c += x->d;
	x->b = CHACHA20_LEFT(x->b ^ x->c, 7);
}

/*
 * Turned, the diagonals stand as columns. Row b stays, since it is the last one
 * of a round that is done: the next round would wait for its turn.
 */
CHACHA20_INLINE void chacha20_double_round(struct chacha20_rows *x)
{
	chacha20_quarters(x);
	x->a = CHACHA20_TURN(x->a, _MM_SHUFFLE(2, 1, 0, 3));
	x->c = CHACHA20_TURN(x->c, _MM_SHUFFLE(0, 3, 2, 1));
	x->d = CHACHA20_TURN(x->d, _MM_SHUFFLE(1, 0, 3, 2));
	chacha20_quarters(x);
	x->a = CHACHA20_TURN(x->a, _MM_SHUFFLE(0, 3, 2, 1));
	x->c = CHACHA20_TURN(x->c, _MM_SHUFFLE(2, 1, 0, 3));
	x->d = CHACHA20_TURN(x->d, _MM_SHUFFLE(1, 0, 3, 2));
}

CHACHA20_INLINE void chacha20_end(struct chacha20_rows *x, struct chacha20_rows *in, uint8_t *out)
{
	x->a += in->a;
	x->b += in->b;
	x->c += in->c;
	x->d += in->d;
	chacha20_write(out, x);
	in->d += chacha20_spread(_mm_cvtsi32_si128(CHACHA20_LANES));
}

/* The rows n blocks on. */
CHACHA20_INLINE void chacha20_ahead(struct chacha20_rows *x, const struct chacha20_rows *in, int n)
{
	x->a = in->a;
	x->b = in->b;
	x->c = in->c;
	x->d = in->d + chacha20_spread(_mm_cvtsi32_si128(n));
}

CHACHA20_INLINE void chacha20_one(struct chacha20_rows *in, uint8_t *out)
{
	struct chacha20_rows x;

	chacha20_ahead(&x, in, 0);
	for (int i = 0; i < 10; i++)
		chacha20_double_round(&x);
	chacha20_end(&x, in, out);
}

CHACHA20_INLINE void chacha20_three(struct chacha20_rows *in, uint8_t *out)
{
	struct chacha20_rows x, y, z;

	chacha20_ahead(&x, in, 0);
	chacha20_ahead(&y, in, CHACHA20_LANES);
	chacha20_ahead(&z, in, 2 * CHACHA20_LANES);
	for (int i = 0; i < 10; i++) {
		chacha20_double_round(&x);
		chacha20_double_round(&y);
		chacha20_double_round(&z);
	}
	chacha20_end(&x, in, out);
	chacha20_end(&y, in, out + CHACHA20_ONE);
	chacha20_end(&z, in, out + 2 * CHACHA20_ONE);
}

/* Returns the bytes that it made: CHACHA20_ONE if no more are wanted. */
CHACHA20_INLINE size_t chacha20_make(struct chacha20_rows *in, uint8_t *out, size_t wanted)
{
	if (wanted <= CHACHA20_ONE) {
		chacha20_one(in, out);
		return CHACHA20_ONE;
	}
	chacha20_three(in, out);
	return CHACHA20_THREE;
}

CHACHA20_INLINE void chacha20_start(struct chacha20_rows *in, const uint32_t key[8],
				    const uint32_t nonce[3])
{
	in->a = chacha20_spread(_mm_set_epi32(0x6b206574, 0x79622d32, 0x3320646e, 0x61707865));
	in->b = chacha20_spread(_mm_loadu_si128((const void *)key));
	in->c = chacha20_spread(_mm_loadu_si128((const void *)(key + 4)));
	__builtin_memcpy(&in->d, chacha20_counters, sizeof in->d);
	in->d += chacha20_spread(_mm_set_epi32((int)nonce[2], (int)nonce[1], (int)nonce[0], 0));
}

/*
 * What begins with the next key, or is less than three groups, takes a buffer.
 */
CHACHA20_TARGET SIMD_BODY uintptr_t chacha20_body(uint32_t key[8], const uint32_t nonce[3],
						  uint8_t *out, size_t len)
{
	__m128i buffer[CHACHA20_THREE / 16] __attribute__((aligned(64)));
	struct chacha20_rows in;
	size_t n, skip = 32;

	chacha20_start(&in, key, nonce);
	do {
		int direct = !skip && len >= CHACHA20_THREE;

		n = chacha20_make(&in, direct ? out : (uint8_t *)buffer, skip + len) - skip;
		n = n < len ? n : len;
		if (!direct)
			simd_put(out, buffer + skip / 16, n);
		if (skip)
			__builtin_memcpy(key, buffer, 32);
		skip = 0;
		out += n;
		len -= n;
	} while (len);
	return simd_low();
}

#endif
