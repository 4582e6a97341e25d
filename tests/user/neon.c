/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystreams of arch/aarch64/simd: their answers, what they leave behind,
 * and when they may run. The answers were made with Python's hashlib over
 * OpenSSL's AES-256-CTR and ChaCha20. neon_be.c is this file on a big-endian
 * CPU.
 */
#include "core.h"
#include "sb_aarch64_saved.h"
#include "user.h"

#define LONG 100000 /* more blocks than fit into 8 bits, and keys change at 64 KiB */
#define SHORT 1207  /* nine loops of AES, five of ChaCha20, and a piece */
#define AROUND 32   /* nobody may touch these bytes before and after */

static const struct {
	const struct sb_keystream *stream;
	uint32_t answer[8], answer_long[8]; /* digests of next key and output */
	size_t alone;                       /* up to here it is left to ChaCha20 of core */
} made[] = {
	{ &sb_aarch64_aes256_ce,
	  { 0xc43b581e, 0xe9540077, 0xa7b1579f, 0x7d71a349, 0xff9c0224, 0x0e019418, 0x4a9e6449,
	    0xd5d76bcd },
	  { 0x5b704f58, 0xa97ec3cb, 0x12861ce8, 0xf28a4281, 0x95ac141e, 0x44617cf9, 0x2cd63d7c,
	    0x540e6490 },
	  0 },
	{ &sb_aarch64_chacha20_neon,
	  { 0xd53ee2ae, 0x109e345e, 0xcbf88284, 0x5a4d827b, 0x7a39c8f9, 0xccba68e6, 0x3c2679ed,
	    0x1f8db748 },
	  { 0x1c606fac, 0xabac32bc, 0x3d8a8cbc, 0x7f8c5cd0, 0x4aa6904b, 0x60d85add, 0xc0c4f003,
	    0x997f805f },
	  33 },
};
#define MADE (sizeof made / sizeof *made)

static uint8_t whole[32 + LONG], space[AROUND + SHORT + AROUND];
static uint32_t key[8], nonce[3];

/* key: bytes 0, 1, 2 up to 31. nonce: bytes a0 to ab. */
static void keys(void)
{
	for (uint32_t i = 0; i < 8; i++)
		key[i] = 0x03020100u + i * 0x04040404u;
	for (uint32_t i = 0; i < 3; i++)
		nonce[i] = 0xa3a2a1a0u + i * 0x04040404u;
}

/* BLAKE2s of whole, which begins with the next key. */
static int digest_is(const uint32_t want[8], size_t len)
{
	uint32_t h[8], length[2] = { 0 }, wrong = 0;
	uint32_t block[16];
	uint8_t bytes[64];

	sb_hash_start(h);
	for (size_t at = 0; at < len; at += 64) {
		size_t n = len - at < 64 ? len - at : 64;

		memset(bytes, 0, sizeof bytes);
		memcpy(bytes, whole + at, n);
		sb_words(block, bytes, sizeof bytes);
		length[0] += (uint32_t)n;
		sb_hash_compress(h, length, at + n == len, block);
	}
	for (unsigned i = 0; i < 8; i++)
		wrong |= h[i] ^ want[i];
	return wrong == 0;
}

static void run_whole(const struct sb_keystream *stream, size_t len)
{
	keys();
	stream->run(key, nonce, whole + 32, len);
	sb_bytes(whole, key, 32);
}

static void answers_of_openssl(void)
{
	for (size_t i = 0; i < MADE; i++) {
		run_whole(made[i].stream, SHORT);
		CHECK(digest_is(made[i].answer, 32 + SHORT));
		run_whole(made[i].stream, LONG);
		CHECK(digest_is(made[i].answer_long, 32 + LONG));
	}
}

/* As hal/stream/sb_keystreams.h says. */
static void the_known_answer(void)
{
	for (size_t i = 0; i < MADE; i++) {
		uint32_t zero[8] = { 0 }, sum[8] = { 0 };

		made[i].stream->run(zero, zero + 5, whole + 32, SB_KEYSTREAM_KNOWN);
		sb_bytes(whole, zero, 32);
		for (size_t n = 0; n < (32 + SB_KEYSTREAM_KNOWN) / 4; n++)
			sum[n % 8] = (sum[n % 8] ^ sb_load32(whole + 4 * n)) * 0x01000193u;
		CHECK(memcmp(sum, made[i].stream->known, sizeof sum) == 0);
	}
}

/* Each is the beginning of the long one, at any address, and no byte more. */
static void every_length(void)
{
	for (size_t i = 0; i < MADE; i++) {
		run_whole(made[i].stream, SHORT);
		for (size_t len = 0; len <= SHORT; len++) {
			uint8_t *out = space + AROUND - len % 17, next[32];

			memset(space, 0xee, sizeof space);
			keys();
			made[i].stream->run(key, nonce, out, len);
			sb_bytes(next, key, 32);
			CHECK(memcmp(next, whole, 32) == 0);
			CHECK(memcmp(out, whole + 32, len) == 0);
			for (uint8_t *at = space; at < space + sizeof space; at++)
				CHECK((at >= out && at < out + len) || *at == 0xee);
		}
	}
}

/* Key, nonce and output bytes where a register's alignment is not theirs. */
static void at_the_alignment_of_words(void)
{
	static uint32_t words[16];

	for (size_t i = 0; i < MADE; i++) {
		run_whole(made[i].stream, SHORT);
		for (unsigned at = 0; at < 4; at++) {
			keys();
			memcpy(words + at, key, 32);
			memcpy(words + at + 8, nonce, 12);
			made[i].stream->run(words + at, words + at + 8, space, SHORT);
			CHECK(memcmp(space, whole + 32, SHORT) == 0);
			sb_bytes(space, words + at, 32);
			CHECK(memcmp(space, whole, 32) == 0);
		}
	}
}

/* ---------------------------------------------------------- what it leaves */

#define STACK 16384
#define PAINT 0x5555555555555555u
#define OWN_FRAME 80 /* of `run`: addresses and lengths */

struct seen {
	uint8_t before[32][16], after[32][16]; /* V0 to V31 */
	uint64_t general[18];                  /* x0 to x17, after it */
	uint64_t stack[STACK / 8];             /* the last word is right below the caller */
};

/* Calls run below painted stack, with registers from seen->before. */
void neon_call(uint32_t *key, const uint32_t *nonce, uint8_t *out, size_t len,
	       void (*run)(uint32_t *, const uint32_t *, uint8_t *, size_t), struct seen *seen);
__asm__(".text\n"
	"neon_call:\n\t"
	"stp x29, x30, [sp, #-96]!\n\t"
	"stp d8, d9, [sp, #16]\n\tstp d10, d11, [sp, #32]\n\t"
	"stp d12, d13, [sp, #48]\n\tstp d14, d15, [sp, #64]\n\tstr x19, [sp, #80]\n\t"
	"mov x19, x5\n\tmov x9, x4\n\t"
	".irp "
	"n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,"
	"31\n\t"
	"ld1 {v\\n\\().16b}, [x5], #16\n\t"
	".endr\n\t"
	"mov x10, sp\n\tmov x11, #2048\n\tmov x12, #0x5555555555555555\n"
	"1:\tstr x12, [x10, #-8]!\n\tsubs x11, x11, #1\n\tb.ne 1b\n\t"
	"blr x9\n\t"
	"str x19, [sp, #88]\n\tadd x19, x19, #512\n\t"
	".irp "
	"n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,"
	"31\n\t"
	"st1 {v\\n\\().16b}, [x19], #16\n\t"
	".endr\n\t"
	".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17\n\t"
	"str x\\n, [x19], #8\n\t"
	".endr\n\t"
	"sub x10, sp, #16384\n\tmov x11, #2048\n"
	"1:\tldr x12, [x10], #8\n\tstr x12, [x19], #8\n\tsubs x11, x11, #1\n\tb.ne 1b\n\t"
	"ldr x19, [sp, #80]\n\t"
	"ldp d8, d9, [sp, #16]\n\tldp d10, d11, [sp, #32]\n\t"
	"ldp d12, d13, [sp, #48]\n\tldp d14, d15, [sp, #64]\n\t"
	"ldp x29, x30, [sp], #96\n\t"
	"ret\n");

static struct seen seen;

static void call(const struct sb_keystream *stream, size_t len)
{
	for (unsigned i = 0; i < sizeof seen.before; i++)
		(&seen.before[0][0])[i] = (uint8_t)(i * 7 + 1);
	keys();
	neon_call(key, nonce, space, len, stream->run, &seen);
}

static const size_t lens[] = { 0, 1, 16, 32, 33, 96, 160, 161, 224, 225, 1000, SHORT };

static void all_lens(void (*test)(const struct sb_keystream *stream, size_t len))
{
	for (size_t i = 0; i < MADE; i++)
		for (size_t n = 0; n < sizeof lens / sizeof *lens; n++)
			if (lens[n] >= made[i].alone) {
				run_whole(made[i].stream, SHORT);
				call(made[i].stream, lens[n]);
				test(made[i].stream, lens[n]);
			}
}

static void registers_of(const struct sb_keystream *stream, size_t len)
{
	static const uint8_t zero[16];

	(void)stream, (void)len;
	for (unsigned n = 0; n < 32; n++) {
		size_t kept = n >= 8 && n < 16 ? 8 : 0;

		CHECK(memcmp(seen.after[n], seen.before[n], kept) == 0);
		/* one that was not written at all is the caller's own */
		if (kept && memcmp(seen.after[n], seen.before[n], 16) == 0)
			continue;
		CHECK(memcmp(seen.after[n] + kept, zero, 16 - kept) == 0);
	}
}

static void no_register_has_anything(void)
{
	all_lens(registers_of);
}

static int secret(uint32_t word)
{
	for (unsigned i = 0; i < 8; i++)
		if (word == key[i] || word == 0x03020100u + i * 0x04040404u)
			return 1;
	return 0;
}

static void general_registers_of(const struct sb_keystream *stream, size_t len)
{
	(void)stream, (void)len;
	for (unsigned i = 0; i < 18; i++)
		CHECK(!secret((uint32_t)seen.general[i]) &&
		      !secret((uint32_t)(seen.general[i] >> 32)));
}

static void no_general_register_has_a_key(void)
{
	all_lens(general_registers_of);
}

static unsigned written; /* words of the stack, most */

static void stack_of(const struct sb_keystream *stream, size_t len)
{
	unsigned words = 0;

	(void)stream, (void)len;
	for (size_t i = 0; i < STACK / 8; i++) {
		uint64_t word = seen.stack[i];

		if (i < (STACK - OWN_FRAME) / 8)
			CHECK(word == 0 || word == PAINT);
		CHECK(!secret((uint32_t)word) && !secret((uint32_t)(word >> 32)));
		words += word != PAINT;
	}
	written = words > written ? words : written;
}

static void nothing_is_on_the_dead_stack(void)
{
	all_lens(stack_of);
	CHECK(written > 40); /* the key schedule at least was there, and is zeros */
}

/* ------------------------------------------------------ the form that saves */

/* On a big-endian CPU a stored register has its bytes the other way round. */
static int of_the_caller(uint64_t word)
{
	uint64_t turned = __builtin_bswap64(word);

	for (unsigned n = 0; n < 32; n++)
		for (unsigned half = 0; half < 2; half++)
			if (memcmp(seen.before[n] + 8 * half, &word, 8) == 0 ||
			    memcmp(seen.before[n] + 8 * half, &turned, 8) == 0)
				return 1;
	return 0;
}

/* It keeps each register, and leaves no copy of one on the stack. */
static void the_form_that_saves(void)
{
	static const struct sb_keystream *const saved[] = { &sb_aarch64_aes256_ce_saved,
							    &sb_aarch64_chacha20_neon_saved };

	for (size_t i = 0; i < MADE; i++)
		for (size_t n = 0; n < sizeof lens / sizeof *lens; n++) {
			run_whole(made[i].stream, SHORT);
			call(saved[i], lens[n]);
			CHECK(memcmp(space, whole + 32, lens[n]) == 0);
			CHECK(memcmp(seen.after, seen.before, sizeof seen.before) == 0);
			for (size_t at = STACK / 16; at < STACK / 8; at++)
				CHECK(!of_the_caller(seen.stack[at]));
			CHECK(memcmp(saved[i]->known, made[i].stream->known, 32) == 0);
			CHECK(saved[i]->needs == (made[i].stream->needs | SB_AARCH64_V));
		}
}

/* ------------------------------------------------------- when they may run */

#define ISAR0_AES(n) ((uint64_t)(n) << 4)
#define PFR0_ADVSIMD(n) ((uint64_t)(n) << 20)

static void what_the_fields_say(void)
{
	const uint64_t others0 = ~ISAR0_AES(15), others1 = ~PFR0_ADVSIMD(15);

	for (unsigned n = 0; n < 16; n++) {
		uint32_t aes = n ? SB_AARCH64_AES : 0;
		uint32_t neon = n < 15 ? SB_AARCH64_NEON : 0;

		CHECK(sb_aarch64_simd(ISAR0_AES(n), 0) == (SB_AARCH64_NEON | aes));
		CHECK(sb_aarch64_simd(ISAR0_AES(n) | others0, others1) == (SB_AARCH64_NEON | aes));
		CHECK(sb_aarch64_simd(others0, PFR0_ADVSIMD(n)) == neon);
		CHECK(sb_aarch64_simd(ISAR0_AES(1), PFR0_ADVSIMD(n)) ==
		      (neon ? neon | SB_AARCH64_AES : 0));
	}
	CHECK(sb_aarch64_aes256_ce.needs == SB_AARCH64_AES);
	CHECK(sb_aarch64_chacha20_neon.needs == SB_AARCH64_NEON);
}

static uint64_t current_el, cpacr;

/* CurrentEL and CPACR_EL1 trap at EL0. */
int user_trap(const struct user_cpu *cpu)
{
	uint32_t code;

	memcpy(&code, (const void *)(uintptr_t)*cpu->pc, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	code = __builtin_bswap32(code); /* an instruction is little-endian on each CPU */
#endif
	*cpu->pc += 4;
	if ((code & ~31u) == 0xd5384240u)
		*cpu->reg[code & 31] = current_el;
	else if ((code & ~31u) == 0xd5381040u)
		*cpu->reg[code & 31] = cpacr;
	else
		return 0;
	return 1;
}

static void not_where_el1_traps(void)
{
	for (unsigned fpen = 0; fpen < 4; fpen++)
		for (unsigned el = 1; el < 4; el++) {
			uint32_t facts = SB_AARCH64_NEON | SB_AARCH64_AES;

			current_el = (uint64_t)el << 2;
			cpacr = ~(3ull << 20) | (uint64_t)fpen << 20;
			CHECK(sb_aarch64_simd_here() == (el == 1 && !(fpen & 1) ? 0 : facts));
		}
}

static void which_form_saves(void)
{
	uint64_t pfr0;

	__asm__ volatile("mrs %0, id_aa64pfr0_el1" : "=r"(pfr0));
	for (unsigned fields = 0; fields < 16; fields++)
		for (unsigned el = 1; el < 4; el++) {
			uint32_t facts = SB_AARCH64_NEON | SB_AARCH64_AES;
			unsigned fpen = fields & 3, zen = fields >> 2;

			current_el = (uint64_t)el << 2;
			cpacr = ~0x330000ull | (uint64_t)fpen << 20 | (uint64_t)zen << 16;
			facts |= (pfr0 >> 32 & 15) && (zen & 1) ? SB_AARCH64_SVE : SB_AARCH64_V;
			CHECK(sb_aarch64_saved_here() == (el == 1 && (fpen & 1) ? facts : 0));
		}
}

void user_main(void)
{
	RUN(answers_of_openssl);
	RUN(the_known_answer);
	RUN(every_length);
	RUN(at_the_alignment_of_words);
	RUN(no_register_has_anything);
	RUN(no_general_register_has_a_key);
	RUN(nothing_is_on_the_dead_stack);
	RUN(the_form_that_saves);
	RUN(what_the_fields_say);
	RUN(not_where_el1_traps);
	RUN(which_form_saves);
}
