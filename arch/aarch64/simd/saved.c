/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64_saved.h"
#include "sb_hal.h"

typedef void saved_run(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len);

#define SAVED_EACH                                                                          \
	".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27," \
	"28,29,30,31\n\t"

/*
 * down: makes room for the registers on the stack. store, load: of one of them.
 * x19 has the old stack pointer. The stack is wiped upward, and so is put back:
 * somebody may have had secrets there. The compiler is told of no register of
 * SIMD, as each is what it was before.
 */
#define SAVED_CALL(name, down, store, load)                                                     \
	static __attribute__((noinline)) void name(                                             \
		saved_run *run, uint32_t *key, const uint32_t *nonce, uint8_t *out, size_t len) \
	{                                                                                       \
		register uint32_t *x0 __asm__("x0") = key;                                      \
		register const uint32_t *x1 __asm__("x1") = nonce;                              \
		register uint8_t *x2 __asm__("x2") = out;                                       \
		register size_t x3 __asm__("x3") = len;                                         \
		register saved_run *x4 __asm__("x4") = run;                                     \
                                                                                                \
		__asm__ volatile(".arch_extension sve\n\t"                                      \
				 "mov x19, sp\n\t" down "\n\t" SAVED_EACH store "\n\t.endr\n\t" \
				 "blr x4\n\t" SAVED_EACH load "\n\t.endr\n"                     \
				 "1:\tstp xzr, xzr, [sp], #16\n\t"                              \
				 "cmp sp, x19\n\t"                                              \
				 "b.ne 1b"                                                      \
				 : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4)             \
				 :                                                              \
				 : "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13",    \
				   "x14", "x15", "x16", "x17", "x19", "x30", "cc", "memory");   \
	}

SAVED_CALL(saved_v, "sub sp, sp, #512", "str q\\n, [sp, #16 * \\n]", "ldr q\\n, [sp, #16 * \\n]")
SAVED_CALL(saved_sve, "addvl sp, sp, #-32", "str z\\n, [sp, #\\n, mul vl]",
	   "ldr z\\n, [sp, #\\n, mul vl]")

/* save: one of the two above. The other words are those of the keystream that
   is saved: C wants constants here. */
#define SAVED(stream, suffix, title, save, answer, bits)                                           \
	static void saved_##stream##suffix(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, \
					   size_t len)                                             \
	{                                                                                          \
		save(sb_aarch64_##stream.run, key, nonce, out, len);                               \
	}                                                                                          \
	const struct sb_keystream sb_aarch64_##stream##suffix = {                                  \
		.name = title, .needs = bits, .run = saved_##stream##suffix, .known = answer       \
	};                                                                                         \
	SB_OWN(sb_aarch64_##stream##suffix)

static const uint32_t saved_aes256[8] = SB_KNOWN_AES256, saved_chacha20[8] = SB_KNOWN_CHACHA20;

SAVED(aes256_ce, _saved, "aes256-ce", saved_v, saved_aes256, SB_AARCH64_AES | SB_AARCH64_V);
SAVED(aes256_ce, _saved_sve, "aes256-ce", saved_sve, saved_aes256, SB_AARCH64_AES | SB_AARCH64_SVE);
SAVED(chacha20_neon, _saved, "chacha20-neon", saved_v, saved_chacha20,
      SB_AARCH64_NEON | SB_AARCH64_V);
SAVED(chacha20_neon, _saved_sve, "chacha20-neon", saved_sve, saved_chacha20,
      SB_AARCH64_NEON | SB_AARCH64_SVE);
