/* SPDX-License-Identifier: BSD-2-Clause */
#include "psa/crypto.h"
#include "seedbed.h"

psa_status_t mbedtls_psa_external_get_random(mbedtls_psa_external_random_context_t *context,
					     uint8_t *output, size_t output_size,
					     size_t *output_length)
{
	/* output may be NULL where nothing is asked for */
	int result = output_size ? seedbed_random(output, output_size) : SB_OK;

	(void)context; /* nothing is kept between two requests */
	*output_length = result == SB_OK ? output_size : 0;
	if (result == SB_EINVAL)
		return PSA_ERROR_INVALID_ARGUMENT;
	return result == SB_OK ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_ENTROPY;
}
