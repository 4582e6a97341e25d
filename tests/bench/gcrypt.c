/* SPDX-License-Identifier: BSD-2-Clause */
#include <gcrypt.h>
#include "turns.h"

static int gcrypt_make(void *ctx, uint8_t *out, size_t len)
{
	(void)ctx;
	gcry_randomize(out, len, GCRY_STRONG_RANDOM);
	return 0;
}

int main(void)
{
	if (!gcry_check_version(GCRYPT_VERSION)) {
		turns_lacks("libgcrypt", "the library is older than its header");
		return turns_serve();
	}
	gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
	gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
	turns_has("libgcrypt", gcrypt_make, NULL);
	return turns_serve();
}
