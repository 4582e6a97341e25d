/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "keys.h"
#include "seedbed_bearssl.h"

#define KEYS_RSA_BITS 2048
#define KEYS_RSA_EXPONENT 65537

/*
 * BearSSL writes private keys into it. It is static for its size, and wiped
 * after each use.
 */
static union {
	unsigned char ec[BR_EC_KBUF_PRIV_MAX_SIZE];
	struct {
		unsigned char elements[BR_RSA_KBUF_PRIV_SIZE(KEYS_RSA_BITS)];
		unsigned char exponent[KEYS_RSA_BITS / 8];
	} rsa;
} keys_secret;

static size_t keys_finish(size_t len)
{
	seedbed_bearssl_wipe(&keys_secret, sizeof keys_secret);
	return len <= KEYS_DER_MAX ? len : 0;
}

size_t keys_x25519(const br_prng_class **rng, unsigned char der[KEYS_DER_MAX])
{
	/*
	 * RFC 8410 section 7: version 0, algorithm 1.3.101.110, the 32 bytes as
	 * an OCTET STRING within the OCTET STRING.
	 */
	static const unsigned char head[] = { 0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
					      0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20 };
	size_t len = br_ec_keygen(rng, &br_ec_c25519_m31, NULL, keys_secret.ec, BR_EC_curve25519);

	if (len != 32)
		return keys_finish(0);
	memcpy(der, head, sizeof head);
	memcpy(der + sizeof head, keys_secret.ec, len);
	return keys_finish(sizeof head + len);
}

size_t keys_p256(const br_prng_class **rng, unsigned char der[KEYS_DER_MAX])
{
	unsigned char point[BR_EC_KBUF_PUB_MAX_SIZE];
	br_ec_private_key key;
	br_ec_public_key public;

	if (!br_ec_keygen(rng, &br_ec_p256_m31, &key, keys_secret.ec, BR_EC_secp256r1) ||
	    !br_ec_compute_pub(&br_ec_p256_m31, &public, point, &key))
		return keys_finish(0);
	return keys_finish(br_encode_ec_pkcs8_der(der, &key, &public));
}

size_t keys_rsa2048(const br_prng_class **rng, unsigned char der[KEYS_DER_MAX])
{
	static unsigned char modulus[BR_RSA_KBUF_PUB_SIZE(KEYS_RSA_BITS)];
	br_rsa_private_key key;
	br_rsa_public_key public;
	size_t len;

	if (!br_rsa_keygen_get_default()(rng, &key, keys_secret.rsa.elements, &public, modulus,
					 KEYS_RSA_BITS, KEYS_RSA_EXPONENT))
		return keys_finish(0);
	len = br_rsa_compute_privexp_get_default()(keys_secret.rsa.exponent, &key,
						   KEYS_RSA_EXPONENT);
	if (!len || br_encode_rsa_pkcs8_der(NULL, &key, &public, keys_secret.rsa.exponent, len) >
			    KEYS_DER_MAX)
		return keys_finish(0);
	return keys_finish(
		br_encode_rsa_pkcs8_der(der, &key, &public, keys_secret.rsa.exponent, len));
}
