/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed for mbedTLS 2.28 and 3.6, by any of its three ways in. Each says no with mbedTLS's own code and hands over nothing:
 *
 *	adapters/mbedtls.c      mbedtls_hardware_poll: feeds an mbedtls_entropy_context, which seeds CTR_DRBG or HMAC_DRBG.
 *	                        MBEDTLS_ENTROPY_HARDWARE_ALT, MBEDTLS_NO_PLATFORM_ENTROPY. A refusal is
 *	                        MBEDTLS_ERR_ENTROPY_SOURCE_FAILED; the generator above it makes its own ..._DRBG_ENTROPY_SOURCE_FAILED of it.
 *	                        seedbed_mbedtls_random: in the place of such a generator, see below.
 *	adapters/mbedtls_psa.c  mbedtls_psa_external_get_random: MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG. A refusal is
 *	                        PSA_ERROR_INSUFFICIENT_ENTROPY, from psa_generate_key and whatever else draws.
 *
 * A generator of mbedTLS keeps a state of its own, and learns nothing of a clone: after one, two machines draw the same from it. Where
 * the machine may be cloned, turn its prediction resistance on (mbedtls_ctr_drbg_set_prediction_resistance), so that each request asks
 * seedbed, or have no such generator: seedbed_mbedtls_random and the PSA form keep no state, and seedbed looks at the epoch in each read.
 * What was drawn just before a clone is in both, an ECDSA nonce too: note seedbed_status's generation, and if it is another after the
 * operation and a seedbed_gather, throw the result away.
 */
#ifndef SEEDBED_MBEDTLS_H
#define SEEDBED_MBEDTLS_H

#include "seedbed.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The name and form that mbedTLS calls with MBEDTLS_ENTROPY_HARDWARE_ALT. mbedTLS
   3.6 declares it in a header of its own sources, which a program cannot include. */
int mbedtls_hardware_poll(void *data, unsigned char *output, size_t len, size_t *olen);

/* An f_rng. instance: a struct seedbed, or NULL: the shared one, by seedbed_random and so under the platform's lock.
   0, or MBEDTLS_ERR_ENTROPY_SOURCE_FAILED and nothing to use in out. */
int seedbed_mbedtls_random(void *instance, unsigned char *out, size_t len);

#ifdef __cplusplus
}
#endif
#endif
