/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BearSSL: its two generators, and the least that a program with RDSEED would
 * do to have 32 bytes from nothing.
 */
#include <bearssl.h>
#include <cpuid.h>
#include <string.h>
#include "turns.h"

#define BEARSSL_TRIES 1000 /* of RDSEED, which may have nothing now */
#define BEARSSL_WORDS 4

static int bearssl_rdseed(void)
{
	unsigned a, b, c, d;

	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & bit_RDSEED;
}

static int bearssl_word(uint64_t *word)
{
	unsigned char ok = 0;

	for (int i = 0; i < BEARSSL_TRIES && !ok; i++)
		__asm__ volatile("rdseed %0; setc %1" : "=r"(*word), "=qm"(ok) : : "cc");
	return !ok;
}

static int bearssl_from_nothing(void *ctx, uint8_t *out, size_t len)
{
	uint64_t seed[BEARSSL_WORDS];
	int wrong = 0;

	for (int i = 0; i < BEARSSL_WORDS; i++)
		wrong |= bearssl_word(&seed[i]);
	br_hmac_drbg_init(ctx, &br_sha256_vtable, seed, sizeof seed);
	br_hmac_drbg_generate(ctx, out, len);
	return wrong;
}

static int bearssl_aes(void *ctx, uint8_t *out, size_t len)
{
	br_aesctr_drbg_generate(ctx, out, len);
	return 0;
}

static int bearssl_hmac(void *ctx, uint8_t *out, size_t len)
{
	br_hmac_drbg_generate(ctx, out, len);
	return 0;
}

int main(void)
{
	static br_aesctr_drbg_context aes;
	static br_hmac_drbg_context hmac, fresh;
	const br_block_ctr_class *cipher = br_aes_x86ni_ctr_get_vtable();
	uint8_t seed[32];

	if (turns_seed(seed, sizeof seed))
		return 1;
	br_hmac_drbg_init(&hmac, &br_sha256_vtable, seed, sizeof seed);
	turns_has("BearSSL hmac_drbg", bearssl_hmac, &hmac);
	if (cipher) {
		br_aesctr_drbg_init(&aes, cipher, seed, sizeof seed);
		turns_has("BearSSL aesctr", bearssl_aes, &aes);
	} else {
		turns_lacks("BearSSL aesctr", "the CPU has no AES instructions");
	}
	if (bearssl_rdseed())
		turns_has("RDSEED x 4 + BearSSL hmac_drbg", bearssl_from_nothing, &fresh);
	else
		turns_lacks("RDSEED x 4 + BearSSL hmac_drbg", "the CPU has no RDSEED");
	return turns_serve();
}
