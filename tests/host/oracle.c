/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compares the hash and the cipher with OpenSSL's, on 100 000 random inputs
 * each. With the name of a keystream it compares that one: each length up to
 * some bulk loops, then random ones, wherever the output begins in a cache
 * line. Exit 1 at the first difference.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <openssl/evp.h>
#include "core.h"
#include "streams.h"

#define ORACLE_INPUTS 100000
#define ORACLE_LONGEST 300
#define ORACLE_STREAMS 5000
#define ORACLE_EACH 2600u
#define ORACLE_STRIDE 65536u /* the longest that the generator asks for */

static uint8_t in[ORACLE_LONGEST], expected[ORACLE_STRIDE + 32];

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
	uint8_t found[32];

	oracle_fill(in, len);
	hash_of_core(in, len, found);
	return !EVP_DigestInit_ex(ctx, EVP_blake2s256(), NULL) || !EVP_DigestUpdate(ctx, in, len) ||
	       !EVP_DigestFinal_ex(ctx, expected, NULL) || memcmp(found, expected, 32) != 0;
}

/* The next key and len bytes, by OpenSSL, into expected. */
static int oracle_stream(EVP_CIPHER_CTX *ctx, unsigned way, const uint8_t key[32],
			 const uint8_t nonce[12], size_t len)
{
	static const uint8_t zero[ORACLE_STRIDE + 32];
	int aes = strncmp(sb_stream_name(way), "aes256", 6) == 0, n;
	uint8_t iv[16] = { 0 };

	/* The block counter stands behind the nonce; in RFC 8439 before it. */
	memcpy(iv + (aes ? 0 : 4), nonce, 12);
	return EVP_EncryptInit_ex(ctx, aes ? EVP_aes_256_ctr() : EVP_chacha20(), NULL, key, iv) &&
	       EVP_EncryptUpdate(ctx, expected, &n, zero, (int)len + 32);
}

/* The sanitizer sees a byte before or behind the output. */
static int stream_differs(EVP_CIPHER_CTX *ctx, unsigned way, size_t len)
{
	size_t shift = 1 + oracle_random() % 64;
	uint8_t bytes[44], *found = malloc(shift + len);
	uint32_t words[11];
	int wrong;

	oracle_fill(bytes, sizeof bytes);
	for (size_t i = 0; i < 11; i++)
		words[i] = sb_load32(bytes + 4 * i);
	wrong = !found || !oracle_stream(ctx, way, bytes, bytes + 32, len);
	if (!wrong)
		sb_stream(words, words + 8, found + shift, len, way);
	for (size_t i = 0; i < 8; i++)
		sb_store32(bytes + 4 * i, words[i]);
	wrong = wrong || memcmp(bytes, expected, 32) != 0 ||
		memcmp(found + shift, expected + 32, len) != 0;
	free(found);
	return wrong;
}

static int oracle_core(EVP_MD_CTX *md, EVP_CIPHER_CTX *cipher)
{
	for (size_t i = 0; i < ORACLE_INPUTS; i++) {
		size_t len = i <= ORACLE_LONGEST ? i : oracle_random() % (ORACLE_LONGEST + 1);

		if (hash_differs(md, len))
			return printf("BLAKE2s differs from OpenSSL's: input %zu, length %zu\n", i,
				      len);
		if (stream_differs(cipher, 0, len))
			return printf("ChaCha20 differs from OpenSSL's: input %zu, length %zu\n", i,
				      len);
	}
	printf("BLAKE2s and ChaCha20 agree with OpenSSL's on %d inputs each, of 0 to %d bytes\n",
	       ORACLE_INPUTS, ORACLE_LONGEST);
	return 0;
}

static int oracle_one(EVP_CIPHER_CTX *cipher, const char *name)
{
	unsigned way = streams_way(name);

	for (size_t i = 0; i < ORACLE_STREAMS; i++) {
		size_t len = i <= ORACLE_EACH ? i : oracle_random() % (4 * ORACLE_EACH);

		if (i % 100 == 99)
			len = ORACLE_STRIDE - i / 100;
		if (stream_differs(cipher, way, len))
			return printf("%s differs from OpenSSL's: length %zu\n", name, len);
	}
	printf("%s agrees with OpenSSL's on %d inputs, of 0 to %u bytes\n", name, ORACLE_STREAMS,
	       ORACLE_STRIDE);
	return 0;
}

int main(int argc, char **argv)
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
	int wrong = argc > 1 ? oracle_one(cipher, argv[1]) : oracle_core(md, cipher);

	EVP_MD_CTX_free(md);
	EVP_CIPHER_CTX_free(cipher);
	return wrong != 0;
}
