/* SPDX-License-Identifier: BSD-2-Clause */
#include <wolfssl/options.h>
#include <wolfssl/wolfcrypt/random.h>
#include "turns.h"

/* It takes so many bytes at once, and no more. */
static int wolfssl_make(void *ctx, uint8_t *out, size_t len)
{
	int result = 0;

	for (size_t n; !result && len; len -= n, out += n) {
		n = len < RNG_MAX_BLOCK_LEN ? len : RNG_MAX_BLOCK_LEN;
		result = wc_RNG_GenerateBlock(ctx, out, (word32)n);
	}
	return result;
}

int main(void)
{
	static WC_RNG rng;

	if (wc_InitRng(&rng))
		turns_lacks("wolfSSL Hash_DRBG", "it does not begin");
	else
		turns_has("wolfSSL Hash_DRBG", wolfssl_make, &rng);
	return turns_serve();
}
