/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keystreams that save what they write (sb_x86_saved.h). Everything round the
 * keystream's own `run` is code of the general registers: the compiler must not
 * take a register of SIMD before it is saved, or after it is put back.
 */
#include "sb_hal.h"
#include "sb_x86_saved.h"

typedef void saved_run(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len);

#define SAVED_GENERAL static __attribute__((noinline, target("general-regs-only")))
#define SAVED_LOW "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
#define SAVED_ALL SAVED_LOW ",16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
#define SAVED_MASKS "0,1,2,3,4,5,6,7"

/* move: the instruction that moves the whole of such a register. */
#define SAVED_STORE(move, name, numbers, bytes, area)                                          \
	__asm__ volatile(".irp n," numbers "\n\t" move " %%" name "\\n, " bytes "*\\n(%0)\n\t" \
			 ".endr"                                                               \
			 :                                                                     \
			 : "r"(area)                                                           \
			 : "memory")
#define SAVED_LOAD(move, name, numbers, bytes, area)                                           \
	__asm__ volatile(".irp n," numbers "\n\t" move " " bytes "*\\n(%0), %%" name "\\n\n\t" \
			 ".endr"                                                               \
			 :                                                                     \
			 : "r"(area)                                                           \
			 : "memory")

/* It is of somebody who may have had secrets there. */
#define SAVED_WIPE(area)                                                                   \
	do {                                                                               \
		void *at = (area);                                                         \
		size_t words = sizeof area / 8;                                            \
                                                                                           \
		__asm__ volatile("rep stosq" : "+D"(at), "+c"(words) : "a"(0) : "memory"); \
	} while (0)

SAVED_GENERAL void saved_xmm(saved_run *run, uint32_t key[8], const uint32_t nonce[3], uint8_t *out,
			     size_t len)
{
	uint64_t area[16][2];

	SAVED_STORE("movups", "xmm", SAVED_LOW, "16", area);
	run(key, nonce, out, len);
	SAVED_LOAD("movups", "xmm", SAVED_LOW, "16", area);
	SAVED_WIPE(area);
}

SAVED_GENERAL void saved_ymm(saved_run *run, uint32_t key[8], const uint32_t nonce[3], uint8_t *out,
			     size_t len)
{
	uint64_t area[16][4];

	SAVED_STORE("vmovups", "ymm", SAVED_LOW, "32", area);
	run(key, nonce, out, len);
	SAVED_LOAD("vmovups", "ymm", SAVED_LOW, "32", area);
	SAVED_WIPE(area);
}

SAVED_GENERAL void saved_low_zmm(saved_run *run, uint32_t key[8], const uint32_t nonce[3],
				 uint8_t *out, size_t len)
{
	uint64_t area[16][8];

	SAVED_STORE("vmovups", "zmm", SAVED_LOW, "64", area);
	run(key, nonce, out, len);
	SAVED_LOAD("vmovups", "zmm", SAVED_LOW, "64", area);
	SAVED_WIPE(area);
}

SAVED_GENERAL void saved_zmm(saved_run *run, uint32_t key[8], const uint32_t nonce[3], uint8_t *out,
			     size_t len)
{
	uint64_t area[32][8], masks[8];

	SAVED_STORE("vmovups", "zmm", SAVED_ALL, "64", area);
	SAVED_STORE("kmovq", "k", SAVED_MASKS, "8", masks);
	run(key, nonce, out, len);
	SAVED_LOAD("vmovups", "zmm", SAVED_ALL, "64", area);
	SAVED_LOAD("kmovq", "k", SAVED_MASKS, "8", masks);
	SAVED_WIPE(area);
	SAVED_WIPE(masks);
}

/* XCR0, Intel SDM volume 1, section 13.3: bits 5 to 7 are one set or clear. */
#define SAVED_XCR0_AVX512 0xe0u
SAVED_GENERAL void saved_avx(saved_run *run, uint32_t key[8], const uint32_t nonce[3], uint8_t *out,
			     size_t len)
{
	uint32_t low, high;

	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	if (low & SAVED_XCR0_AVX512)
		saved_low_zmm(run, key, nonce, out, len);
	else
		saved_ymm(run, key, nonce, out, len);
}

/*
 * save: one of the above. The other words are those of the keystream that is
 * saved: C wants constants here.
 */
#define SAVED(stream, title, save, cipher, set)                                                   \
	SAVED_GENERAL void saved_##stream(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, \
					  size_t len)                                             \
	{                                                                                         \
		save(sb_x86_##stream.run, key, nonce, out, len);                                  \
	}                                                                                         \
	const struct sb_keystream sb_x86_##stream##_saved = {                                     \
		.name = title, .needs = set, .run = saved_##stream, .known = cipher##_known       \
	};                                                                                        \
	SB_OWN(sb_x86_##stream##_saved)

static const uint32_t aes256_known[8] = SB_KNOWN_AES256;
#define SAVED_AESNI (SB_X86_SSE2 | SB_X86_AESNI)
#define SAVED_VAES (SAVED_AESNI | SB_X86_AVX2 | SB_X86_VAES)
SAVED(aes256_aesni, "aes256-aesni", saved_xmm, aes256, SAVED_AESNI);
SAVED(aes256_vaes256, "aes256-vaes256", saved_avx, aes256, SAVED_VAES);
SAVED(aes256_vaes512, "aes256-vaes512", saved_zmm, aes256, SAVED_VAES | SB_X86_AVX512);

static const uint32_t chacha20_known[8] = SB_KNOWN_CHACHA20;
SAVED(chacha20_sse2, "chacha20-sse2", saved_xmm, chacha20, SB_X86_SSE2);
SAVED(chacha20_avx2, "chacha20-avx2", saved_avx, chacha20, SB_X86_AVX2);
SAVED(chacha20_avx512, "chacha20-avx512", saved_zmm, chacha20, SB_X86_AVX512);
