/* SPDX-License-Identifier: BSD-2-Clause */
/* Three kinds of key, made by BearSSL and encoded as PKCS #8 (RFC 5958). */
#ifndef KEYS_H
#define KEYS_H

#include "bearssl.h"

#define KEYS_DER_MAX 1280 /* RSA-2048 takes about 1220 bytes */

/*
 * Makes one key into der. Returns its length, or 0 if BearSSL could not make
 * it.
 */
size_t keys_x25519(const br_prng_class **rng, unsigned char der[KEYS_DER_MAX]);
size_t keys_p256(const br_prng_class **rng, unsigned char der[KEYS_DER_MAX]);
size_t keys_rsa2048(const br_prng_class **rng, unsigned char der[KEYS_DER_MAX]);

#endif
