/* SPDX-License-Identifier: BSD-2-Clause */
#include <mbedtls/ctr_drbg.h>
#include "turns.h"

static int mbedtls_entropy(void *ctx, unsigned char *out, size_t len)
{
	(void)ctx;
	return turns_seed(out, len);
}

/* It takes so many bytes at once, and no more. */
static int mbedtls_make(void *ctx, uint8_t *out, size_t len)
{
	int result = 0;

	for (size_t n; !result && len; len -= n, out += n) {
		n = len < MBEDTLS_CTR_DRBG_MAX_REQUEST ? len : MBEDTLS_CTR_DRBG_MAX_REQUEST;
		result = mbedtls_ctr_drbg_random(ctx, out, n);
	}
	return result;
}

int main(void)
{
	static mbedtls_ctr_drbg_context drbg;

	mbedtls_ctr_drbg_init(&drbg);
	if (mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy, NULL, NULL, 0))
		turns_lacks("mbedTLS CTR_DRBG", "it does not take its seed");
	else
		turns_has("mbedTLS CTR_DRBG", mbedtls_make, &drbg);
	return turns_serve();
}
