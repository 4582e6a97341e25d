/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counter mode at one width, for bound.c, which defines before each inclusion:
 *   WIDTH(name)         a name of this width
 *   TARGET              the instructions
 *   VECTOR, BYTES       blocks side by side, and how many bytes they have
 *   ALL(block)          the same block in each place
 *   ADD, SWAP           32-bit sums; the bytes of each block in another order
 *   ROUND, LAST         a round of AES, and its last one
 */
#define SOME 8 /* vectors that are worked on side by side */

/* n is a constant wherever it is called. */
TARGET static inline __attribute__((always_inline)) void WIDTH(some)(struct bound *b, uint8_t *out,
								     size_t n)
{
	VECTOR x[SOME], first = ALL(b->counter), swap, key = ALL(b->keys[0]);

	memcpy(&swap, bound_swap, sizeof swap);
#pragma GCC unroll 8
	for (size_t i = 0; i < n; i++) {
		VECTOR number;

		memcpy(&number, bound_number + i * BYTES, sizeof number);
		x[i] = SWAP(ADD(first, number), swap) ^ key;
	}
#pragma GCC unroll 14
	for (int round = 1; round < BOUND_ROUNDS; round++) {
		key = ALL(b->keys[round]);
#pragma GCC unroll 8
		for (size_t i = 0; i < n; i++)
			x[i] = ROUND(x[i], key);
	}
	key = ALL(b->keys[BOUND_ROUNDS]);
#pragma GCC unroll 8
	for (size_t i = 0; i < n; i++) {
		x[i] = LAST(x[i], key);
		memcpy(out + i * BYTES, &x[i], BYTES);
	}
	b->counter = _mm_add_epi32(b->counter, _mm_set_epi32((int)(n * BYTES / 16), 0, 0, 0));
}

TARGET static void WIDTH(make)(struct bound *b, uint8_t *out, size_t len)
{
	uint8_t last[BYTES];

	for (; len >= SOME * BYTES; out += SOME * BYTES, len -= SOME * BYTES)
		WIDTH(some)(b, out, SOME);
	for (; len >= 4 * BYTES; out += 4 * BYTES, len -= 4 * BYTES)
		WIDTH(some)(b, out, 4);
	for (; len >= BYTES; out += BYTES, len -= BYTES)
		WIDTH(some)(b, out, 1);
	if (len) {
		WIDTH(some)(b, last, 1);
		memcpy(out, last, len);
	}
}

#undef BYTES
#undef SOME
#undef WIDTH
#undef TARGET
#undef VECTOR
#undef ALL
#undef ADD
#undef SWAP
#undef ROUND
#undef LAST
