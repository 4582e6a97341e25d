/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/*
 * RFC 8439 section 2.3. State words: 0-3 constants, 4-11 key, 12 block counter,
 * 13-15 nonce. The block is made in the 16 words behind them, so that one wipe
 * will do.
 */
#ifdef __OPTIMIZE_SIZE__
/* half the code of the other one, and three times the time */
enum { CHACHA20_WHOLE = 0 };

static void chacha20_block(uint32_t in[32], uint8_t *out)
{
	(void)out;
	for (size_t i = 0; i < 16; i++)
		in[16 + i] = in[i];
	for (unsigned i = 0; i < 80; i++)
		sb_rounds_mix(in + 16, i, 0, 0, SB_TURNS(16, 20, 24, 25));
	for (size_t i = 0; i < 16; i++)
		in[16 + i] += in[i];
}
#else
enum { CHACHA20_WHOLE = 1 }; /* out takes a whole block */

static inline uint32_t chacha20_rotate(uint32_t v, unsigned n)
{
	return v << n | v >> (32 - n);
}

#define CHACHA20_QUARTER(a, b, c, d)                                                             \
	(a += b, d = chacha20_rotate(d ^ a, 16), c += d, b = chacha20_rotate(b ^ c, 12), a += b, \
	 d = chacha20_rotate(d ^ a, 8), c += d, b = chacha20_rotate(b ^ c, 7))
#define CHACHA20_EACH(f) \
	f(0) f(1) f(2) f(3) f(4) f(5) f(6) f(7) f(8) f(9) f(10) f(11) f(12) f(13) f(14) f(15)
#define CHACHA20_LOAD(i) uint32_t x##i = in[i];
#define CHACHA20_WORD(i) in[16 + i] = x##i + in[i];
#define CHACHA20_BYTES(i) sb_store32(out + 4 * i, x##i + in[i]);

/*
 * Each word of the state has a name, and so stays in a register: gcc would keep
 * an array in memory. Where out is not NULL the block goes there at once.
 */
static void chacha20_block(uint32_t in[32], uint8_t *out)
{
	CHACHA20_EACH(CHACHA20_LOAD)

	for (int round = 0; round < 10; round++) {
		CHACHA20_QUARTER(x0, x4, x8, x12);
		CHACHA20_QUARTER(x1, x5, x9, x13);
		CHACHA20_QUARTER(x2, x6, x10, x14);
		CHACHA20_QUARTER(x3, x7, x11, x15);
		CHACHA20_QUARTER(x0, x5, x10, x15);
		CHACHA20_QUARTER(x1, x6, x11, x12);
		CHACHA20_QUARTER(x2, x7, x8, x13);
		CHACHA20_QUARTER(x3, x4, x9, x14);
	}
	if (out) {
		CHACHA20_EACH(CHACHA20_BYTES)
	} else {
		CHACHA20_EACH(CHACHA20_WORD)
	}
}
#endif

/* Up to a block of output; how much. The first block makes the next key too. */
static size_t chacha20_some(uint32_t in[32], uint32_t key[8], uint8_t *out, size_t len)
{
	const uint32_t *from = in + 16;
	size_t most = 64;

	if (CHACHA20_WHOLE && in[12] && len >= most) {
		chacha20_block(in, out);
		return most;
	}
	chacha20_block(in, NULL);
	if (!in[12]) {
		for (size_t i = 0; i < 8; i++)
			key[i] = *from++;
		most = 32;
	}
	len = len < most ? len : most;
	sb_bytes(out, from, len);
	return len;
}

void sb_chacha20(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	uint32_t memory[32], *in = memory;

	/* As in source.c: the compiler is not told where it lies. */
	__asm__("" : "+r"(in));
	in[0] = 0x61707865;
	in[1] = 0x3320646e;
	in[2] = 0x79622d32;
	in[3] = 0x6b206574;
	for (size_t i = 0; i < 8; i++)
		in[4 + i] = key[i];
	in[12] = 0;
	for (size_t i = 0; i < 3; i++)
		in[13 + i] = nonce[i];
	do {
		size_t n = chacha20_some(in, key, out, len);

		in[12]++;
		out += n;
		len -= n;
	} while (len);
	sb_wipe(in, sizeof memory);
}
SB_OWN(sb_chacha20);
