/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compares the hash and the cipher with OpenSSL's, on 100 000 random inputs
 * each. Exit 1 at the first difference.
 */
#include <stdio.h>
#include <string.h>
#include <openssl/evp.h>
#include "core.h"

#define ORACLE_INPUTS 100000
#define ORACLE_LONGEST 300

static uint8_t in[ORACLE_LONGEST + 32], expected[ORACLE_LONGEST + 32], found[ORACLE_LONGEST + 32];

/* Marsaglia's xorshift64. */
static uint64_t oracle_random(void)
{
	static uint64_t x = 0x5eedbed5eedbed;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x * 0x2545f4914f6cdd1du;
}

static void oracle_fill(uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		p[i] = (uint8_t)(oracle_random() >> 56);
}

static void hash_of_core(const uint8_t *p, size_t len, uint8_t out[32])
{
	uint32_t h[8], t[2] = { 0, 0 };
	uint8_t bytes[64];

	sb_hash_start(h);
	do {
		size_t n = len < 64 ? len : 64;

		uint32_t block[16] = { 0 };

		memset(bytes, 0, sizeof bytes);
		memcpy(bytes, p, n);
		sb_words(block, bytes, sizeof bytes);
		t[0] += (uint32_t)n;
		p += n;
		len -= n;
		sb_hash_compress(h, t, len == 0, block);
	} while (len);
	for (size_t i = 0; i < 8; i++)
		sb_store32(out + 4 * i, h[i]);
}

static int hash_differs(EVP_MD_CTX *ctx, size_t len)
{
	oracle_fill(in, len);
	hash_of_core(in, len, found);
	return !EVP_DigestInit_ex(ctx, EVP_blake2s256(), NULL) || !EVP_DigestUpdate(ctx, in, len) ||
	       !EVP_DigestFinal_ex(ctx, expected, NULL) || memcmp(found, expected, 32) != 0;
}

static int stream_differs(EVP_CIPHER_CTX *ctx, size_t len)
{
	static const uint8_t zero[ORACLE_LONGEST + 32];
	uint8_t key[32], iv[16] = { 0 }; /* for OpenSSL: the block counter, then RFC 8439's nonce */
	uint32_t words[8], nonce[3];
	int n;

	oracle_fill(key, sizeof key);
	oracle_fill(iv + 4, 12);
	for (size_t i = 0; i < 8; i++)
		words[i] = sb_load32(key + 4 * i);
	for (size_t i = 0; i < 3; i++)
		nonce[i] = sb_load32(iv + 4 + 4 * i);
	sb_stream(words, nonce, found + 32, len, 0);
	for (size_t i = 0; i < 8; i++)
		sb_store32(found + 4 * i, words[i]);
	return !EVP_EncryptInit_ex(ctx, EVP_chacha20(), NULL, key, iv) ||
	       !EVP_EncryptUpdate(ctx, expected, &n, zero, (int)len + 32) ||
	       memcmp(found, expected, len + 32) != 0;
}

int main(void)
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
	int wrong = 0;

	for (size_t i = 0; i < ORACLE_INPUTS && !wrong; i++) {
		size_t len = i <= ORACLE_LONGEST ? i : oracle_random() % (ORACLE_LONGEST + 1);

		if (hash_differs(md, len))
			wrong = printf("BLAKE2s differs from OpenSSL's: input %zu, length %zu\n", i,
				       len);
		if (stream_differs(cipher, len))
			wrong = printf("ChaCha20 differs from OpenSSL's: input %zu, length %zu\n",
				       i, len);
	}
	EVP_MD_CTX_free(md);
	EVP_CIPHER_CTX_free(cipher);
	if (!wrong)
		printf("BLAKE2s and ChaCha20 agree with OpenSSL's on %d inputs each, of 0 to %d "
		       "bytes\n",
		       ORACLE_INPUTS, ORACLE_LONGEST);
	return wrong != 0;
}
