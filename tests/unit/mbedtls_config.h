/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mbedTLS for examples/ecdsa: ECDSA on P-256 by both interfaces. All entropy
 * comes from seedbed. There are no files, no clock and no heap.
 */
#ifndef MBEDTLS_CONFIG_H
#define MBEDTLS_CONFIG_H

#include "board.h"

/*
 * The platform: memory comes from a buffer of the program, and nothing comes
 * from a C library.
 */
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS
#define MBEDTLS_PLATFORM_EXIT_MACRO board_exit
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_MEMORY_BUFFER_ALLOC_C

/*
 * Randomness: mbedtls_hardware_poll feeds the entropy pool, and the pool seeds
 * a CTR_DRBG. PSA asks mbedtls_psa_external_get_random.
 */
#define MBEDTLS_ENTROPY_C
#define MBEDTLS_ENTROPY_FORCE_SHA256
#define MBEDTLS_NO_PLATFORM_ENTROPY
#define MBEDTLS_ENTROPY_HARDWARE_ALT
#define MBEDTLS_CTR_DRBG_C
#define MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG

#define MBEDTLS_PSA_CRYPTO_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_MD_C
#define MBEDTLS_AES_C
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_SHA256_C
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_NO_UDBL_DIVISION /* it would call the compiler's helpers */
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C

/* mbedTLS 3.6 checks all this itself. Here its version is known. */
#ifndef MBEDTLS_VERSION_NUMBER
#include "mbedtls/check_config.h"
#endif

#endif
