/* SPDX-License-Identifier: BSD-2-Clause */
/* OpenSSL: its generator, and its ciphers without one. */
#include <openssl/evp.h>
#include <openssl/rand.h>
#include "turns.h"

static int openssl_random(void *ctx, uint8_t *out, size_t len)
{
	(void)ctx;
	return RAND_bytes(out, (int)len) != 1;
}

/* A stream that goes on, over what is in the buffer. */
static int openssl_cipher(void *ctx, uint8_t *out, size_t len)
{
	int n;

	return EVP_EncryptUpdate(ctx, out, &n, out, (int)len) != 1;
}

static void openssl_bare(const char *name, const EVP_CIPHER *cipher)
{
	static const uint8_t zero[32];
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();

	if (!ctx || EVP_EncryptInit_ex(ctx, cipher, NULL, zero, zero) != 1)
		turns_lacks(name, "OpenSSL says no");
	else
		turns_has(name, openssl_cipher, ctx);
}

int main(void)
{
	turns_has("OpenSSL RAND_bytes", openssl_random, NULL);
	openssl_bare("bare AES-256, OpenSSL", EVP_aes_256_ctr());
	openssl_bare("bare ChaCha20, OpenSSL", EVP_chacha20());
	return turns_serve();
}
