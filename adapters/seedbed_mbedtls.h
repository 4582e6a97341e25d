/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed for mbedTLS 2.28 and 3.6, by any of its three ways in. Each of them
 * refuses with mbedTLS's own code and hands over nothing.
 *
 * 1. mbedtls_hardware_poll in adapters/mbedtls.c. It feeds an
 * mbedtls_entropy_context, which seeds CTR_DRBG or HMAC_DRBG. Define
 * MBEDTLS_ENTROPY_HARDWARE_ALT and MBEDTLS_NO_PLATFORM_ENTROPY. A refusal is
 * MBEDTLS_ERR_ENTROPY_SOURCE_FAILED. The generator above turns it into its own
 * ..._DRBG_ENTROPY_SOURCE_FAILED.
 *
 * 2. seedbed_mbedtls_random in adapters/mbedtls.c. It takes the place of such a
 * generator: see below.
 *
 * 3. mbedtls_psa_external_get_random in adapters/mbedtls_psa.c. Define
 * MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG. A refusal is PSA_ERROR_INSUFFICIENT_ENTROPY,
 * from psa_generate_key and from every other function that draws.
 *
 * A generator of mbedTLS keeps a state of its own and learns nothing of a
 * clone. After a clone two machines draw the same bytes from it. If your
 * machine may be cloned, turn on its prediction resistance
 * (mbedtls_ctr_drbg_set_prediction_resistance), so that each request asks
 * seedbed. Or have no such generator: ways 2 and 3 keep no state, and seedbed
 * looks at the epoch in each read.
 *
 * Bytes that were drawn just before a clone are in both machines, also the
 * nonce of an ECDSA signature. So note the generation of seedbed_status. After
 * the operation call seedbed_gather. If the generation has changed, throw the
 * result away.
 */
#ifndef SEEDBED_MBEDTLS_H
#define SEEDBED_MBEDTLS_H

#include "seedbed.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * mbedTLS calls this by name with MBEDTLS_ENTROPY_HARDWARE_ALT. mbedTLS 3.6
 * declares it in a header of its own sources, which a program cannot include.
 */
int mbedtls_hardware_poll(void *data, unsigned char *output, size_t len, size_t *olen);

/*
 * An f_rng. instance is a struct seedbed. NULL stands for the shared one, which
 * is read by seedbed_random and so under the platform's lock. Returns 0, or
 * MBEDTLS_ERR_ENTROPY_SOURCE_FAILED and nothing to use in out.
 */
int seedbed_mbedtls_random(void *instance, unsigned char *out, size_t len);

#ifdef __cplusplus
}
#endif
#endif
