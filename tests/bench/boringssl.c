/* SPDX-License-Identifier: BSD-2-Clause */
/* BoringSSL, as Debian packages it for Android's tools. */
#include <openssl/rand.h>
#include "turns.h"

static int boringssl_random(void *ctx, uint8_t *out, size_t len)
{
	(void)ctx;
	return RAND_bytes(out, len) != 1;
}

int main(void)
{
	turns_has("BoringSSL RAND_bytes", boringssl_random, NULL);
	return turns_serve();
}
