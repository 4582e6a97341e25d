/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystreams that save registers, on this CPU, which may have AVX-512: no
 * emulator here has it. Each register has a value of its own before a call, and
 * the same one behind it, to the full width that the system enables. Nothing of
 * these values is on the dead stack. The keystream that it is made of, which
 * saves nothing, must be seen to lose some. This program is linked with --wrap:
 * behind a keystream each register is cleared that a compiler may have taken
 * for it. Prints a line for each:
 *
 *	kept NAME, or LOST NAME, LEFT NAME, BLIND NAME; or lacks NAME
 */
#include <stdio.h>
#include <string.h>
#include "registers.h"
#include "sb_x86_saved.h"

#define SAVED_DEPTH 8192 /* more than the frames of a call take */
#define SAVED_PIECE 8

#define SAVED_LOW ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n\t"
#define SAVED_HIGH ".irp n,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n\t"
#define SAVED_XMM SAVED_LOW "pxor %%xmm\\n, %%xmm\\n\n\t.endr\n\t"
#define SAVED_YMM SAVED_LOW "vpxor %%ymm\\n, %%ymm\\n, %%ymm\\n\n\t.endr\n\t"
#define SAVED_ZMM                                                               \
	SAVED_YMM SAVED_HIGH "vpxord %%zmm\\n, %%zmm\\n, %%zmm\\n\n\t.endr\n\t" \
			     ".irp n,0,1,2,3,4,5,6,7\n\t"                       \
			     "kxorq %%k\\n, %%k\\n, %%k\\n\n\t.endr"

#define SAVED_WRAP(stream, all)                                                            \
	extern const struct sb_keystream __real_sb_x86_##stream, __wrap_sb_x86_##stream;   \
	static void saved_##stream(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, \
				   size_t len)                                             \
	{                                                                                  \
		__real_sb_x86_##stream.run(key, nonce, out, len);                          \
		__asm__ volatile(all : : : "memory");                                      \
	}                                                                                  \
	const struct sb_keystream __wrap_sb_x86_##stream = { .run = saved_##stream }
SAVED_WRAP(aes256_aesni, SAVED_XMM);
SAVED_WRAP(chacha20_sse2, SAVED_XMM);
SAVED_WRAP(aes256_vaes256, SAVED_YMM);
SAVED_WRAP(chacha20_avx2, SAVED_YMM);
SAVED_WRAP(aes256_vaes512, SAVED_ZMM);
SAVED_WRAP(chacha20_avx512, SAVED_ZMM);

/* In the order of the board's table. */
static const struct sb_keystream *const saved_plain[] = {
	&__real_sb_x86_aes256_vaes512,  &__real_sb_x86_aes256_vaes256, &__real_sb_x86_aes256_aesni,
	&__real_sb_x86_chacha20_avx512, &__real_sb_x86_chacha20_avx2,  &__real_sb_x86_chacha20_sse2,
};

static const struct sb_keystream *saved_now;
static size_t saved_len;
static struct registers saved_before, saved_after;
static uint8_t saved_dead[SAVED_DEPTH];

static void saved_call(void)
{
	/* A compiler would zero an automatic one by such a register. */
	static const uint32_t nonce[3];
	static uint8_t out[4096];
	static uint32_t key[8];

	saved_now->run(key, nonce, out, saved_len);
}

static uint32_t saved_width(void)
{
	uint32_t reg[4], low, high;

	sb_x86_cpuid(1, 0, reg);
	if (!(reg[2] & 1u << 27)) /* OSXSAVE */
		return 16;
	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return low & 0xe0 ? 64 : low & 4 ? 32 : 16;
}

static __attribute__((noinline)) void saved_read_stack(void)
{
	volatile uint8_t *top = __builtin_frame_address(0);

	for (int i = 1; i <= SAVED_DEPTH; i++)
		saved_dead[SAVED_DEPTH - i] = top[-i];
}

/* How many pieces of a value lie there. */
static int saved_left(void)
{
	int left = 0;

	for (int n = 0; n < 32; n++)
		for (size_t i = 0; i + SAVED_PIECE <= SAVED_DEPTH; i++)
			left += memcmp(saved_dead + i, saved_before.vector[n], SAVED_PIECE) == 0;
	return left;
}

static int saved_same(uint32_t width)
{
	int same = 1;

	for (int n = 0; n < (width == 64 ? 32 : 16); n++)
		same &= memcmp(saved_before.vector[n], saved_after.vector[n], width) == 0;
	return same && (width < 64 ||
			memcmp(saved_before.mask, saved_after.mask, sizeof saved_after.mask) == 0);
}

static int saved_keeps(const struct sb_keystream *stream, size_t len, uint32_t width)
{
	uint8_t *bytes = (uint8_t *)&saved_before;

	for (size_t i = 0; i < sizeof saved_before; i++)
		bytes[i] = (uint8_t)(i * 151 + i / 64 + len);
	saved_now = stream;
	saved_len = len;
	(width == 64   ? registers_zmm
	 : width == 32 ? registers_ymm
		       : registers_xmm)(&saved_before, &saved_after, saved_call);
	saved_read_stack();
	return saved_same(width);
}

static const char *saved_try(unsigned i, uint32_t width)
{
	static const size_t lens[] = { 16, 32, 100, 480, 4096 };

	for (size_t k = 0; k < sizeof lens / sizeof *lens; k++) {
		if (saved_keeps(saved_plain[i], lens[k], width))
			return "BLIND";
		if (!saved_keeps(sb_keystreams[i], lens[k], width))
			return "LOST";
		if (saved_left())
			return "LEFT";
	}
	return "kept";
}

int main(void)
{
	uint32_t facts = sb_keystream_facts(), width = saved_width();
	int wrong = 0;

	printf("width %u\n", width);
	for (unsigned i = 0; i < sizeof saved_plain / sizeof *saved_plain; i++) {
		int able = !(saved_plain[i]->needs & ~facts);
		const char *word = able ? saved_try(i, width) : "lacks";

		wrong |= able && strcmp(word, "kept") != 0;
		printf("%s %s\n", word, sb_keystreams[i]->name);
	}
	return wrong;
}
