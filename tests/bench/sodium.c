/* SPDX-License-Identifier: BSD-2-Clause */
/* libsodium's own generator: what it uses by default is getrandom(2). */
#include <sodium.h>
#include "turns.h"

static int sodium_make(void *ctx, uint8_t *out, size_t len)
{
	(void)ctx;
	randombytes_buf(out, len);
	return 0;
}

int main(void)
{
	if (randombytes_set_implementation(&randombytes_internal_implementation) ||
	    sodium_init() < 0)
		turns_lacks("libsodium", "it does not begin");
	else
		turns_has("libsodium", sodium_make, NULL);
	return turns_serve();
}
