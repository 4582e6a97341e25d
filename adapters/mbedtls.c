/* SPDX-License-Identifier: BSD-2-Clause */
#include "mbedtls/entropy.h"
#include "seedbed_mbedtls.h"

int seedbed_mbedtls_random(void *instance, unsigned char *out, size_t len)
{
	int result;

	/* out may be NULL if len is 0: an mpi without limbs asks so */
	if (!len)
		return 0;
	result = instance ? seedbed_read(instance, out, len) : seedbed_random(out, len);
	return result == SB_OK ? 0 : MBEDTLS_ERR_ENTROPY_SOURCE_FAILED;
}
SB_OWN(seedbed_mbedtls_random);

/*
 * mbedTLS takes 0 with *olen 0 as "nothing now" and asks 256 times more.
 * seedbed has waited already, so "later" is a failure too. mbedTLS reports it
 * at once, and the caller may try again.
 */
int mbedtls_hardware_poll(void *data, unsigned char *output, size_t len, size_t *olen)
{
	int result = seedbed_mbedtls_random(data, output, len);

	*olen = result ? 0 : len;
	return result;
}
