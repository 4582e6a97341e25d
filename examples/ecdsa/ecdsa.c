/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A real dependent. mbedTLS, as Debian ships it, makes a P-256 key, signs and
 * verifies, once by each way in of adapters/seedbed_mbedtls.h.
 *
 *	WAY public=HEX signature=HEX
 *	WAY NAME error=-0xHEX
 *
 * The public key is the uncompressed point. The signature is DER, or r and s
 * (psa). The tests ask openssl about both. An error is a code of mbedTLS. The
 * receipt follows.
 *
 * Status: 0 three signatures that verify; 1 refused, nothing signed ("verdict
 * refused"); 2 anything else.
 */
/* mbedTLS 3.6 hides the group and the point of a key behind this. */
#define MBEDTLS_ALLOW_PRIVATE_ACCESS
#include <string.h>
#include "mbedtls/ctr_drbg.h"
#include "mbedtls/ecdsa.h"
#include "mbedtls/entropy.h"
#include "mbedtls/md.h"
#include "mbedtls/memory_buffer_alloc.h"
#include "mbedtls/version.h"
#include "print.h"
#include "psa/crypto.h"
#include "receipt.h"
#include "seedbed_mbedtls.h"

#define ECDSA_POINT 65

typedef int ecdsa_random(void *ctx, unsigned char *out, size_t len);

static const unsigned char ecdsa_message[] = "seedbed signs this";
static unsigned char ecdsa_heap[16384], ecdsa_hash[32];
static unsigned char ecdsa_point[ECDSA_POINT], ecdsa_signature[MBEDTLS_ECDSA_MAX_LEN];
static size_t ecdsa_signature_len;

/* Returns 1 if result is 0, mbedTLS's "done". Otherwise prints a line. */
static int ecdsa_done(const char *way, const char *name, int result)
{
	uint32_t size = result < 0 ? 0u - (uint32_t)result : (uint32_t)result;
	uint8_t digits[2] = { (uint8_t)(size >> 8), (uint8_t)size };

	if (result == 0)
		return 1;
	print_text(way);
	print_text(" ");
	print_text(name);
	print_text(result < 0 ? " error=-0x" : " error=0x");
	print_hex(digits, sizeof digits);
	print_text("\n");
	return 0;
}

static int ecdsa_print(const char *way)
{
	print_text(way);
	print_text(" public=");
	print_hex(ecdsa_point, sizeof ecdsa_point);
	print_text(" signature=");
	print_hex(ecdsa_signature, ecdsa_signature_len);
	print_text("\n");
	return 1;
}

/* mbedTLS 3.6 also takes the size of the buffer. */
static int ecdsa_write_signature(mbedtls_ecdsa_context *key, ecdsa_random *random, void *ctx)
{
#if MBEDTLS_VERSION_NUMBER < 0x03000000
	return mbedtls_ecdsa_write_signature(key, MBEDTLS_MD_SHA256, ecdsa_hash, sizeof ecdsa_hash,
					     ecdsa_signature, &ecdsa_signature_len, random, ctx);
#else
	return mbedtls_ecdsa_write_signature(key, MBEDTLS_MD_SHA256, ecdsa_hash, sizeof ecdsa_hash,
					     ecdsa_signature, sizeof ecdsa_signature,
					     &ecdsa_signature_len, random, ctx);
#endif
}

static int ecdsa_sign(const char *way, ecdsa_random *random, void *ctx)
{
	mbedtls_ecdsa_context key;
	size_t len;
	int done;

	mbedtls_ecdsa_init(&key);
	done = ecdsa_done(way, "key",
			  mbedtls_ecdsa_genkey(&key, MBEDTLS_ECP_DP_SECP256R1, random, ctx)) &&
	       ecdsa_done(way, "sign", ecdsa_write_signature(&key, random, ctx)) &&
	       ecdsa_done(way, "export",
			  mbedtls_ecp_point_write_binary(&key.grp, &key.Q,
							 MBEDTLS_ECP_PF_UNCOMPRESSED, &len,
							 ecdsa_point, sizeof ecdsa_point));
	mbedtls_ecdsa_free(&key);
	return done;
}

/* Verifies with the public half only, and must reject another message. */
static int ecdsa_verify(const char *way)
{
	mbedtls_ecdsa_context key;
	unsigned char other[sizeof ecdsa_hash];
	int done;

	memcpy(other, ecdsa_hash, sizeof other);
	other[31] ^= 1;
	mbedtls_ecdsa_init(&key);
	done = ecdsa_done(way, "group",
			  mbedtls_ecp_group_load(&key.grp, MBEDTLS_ECP_DP_SECP256R1)) &&
	       ecdsa_done(way, "import",
			  mbedtls_ecp_point_read_binary(&key.grp, &key.Q, ecdsa_point,
							sizeof ecdsa_point)) &&
	       ecdsa_done(way, "verify",
			  mbedtls_ecdsa_read_signature(&key, ecdsa_hash, sizeof ecdsa_hash,
						       ecdsa_signature, ecdsa_signature_len)) &&
	       ecdsa_done(way, "other",
			  mbedtls_ecdsa_read_signature(&key, other, sizeof other, ecdsa_signature,
						       ecdsa_signature_len) !=
				  MBEDTLS_ERR_ECP_VERIFY_FAILED);
	mbedtls_ecdsa_free(&key);
	return done && ecdsa_print(way);
}

/*
 * mbedtls_hardware_poll, through the entropy pool of mbedTLS into its
 * generator.
 */
static int ecdsa_drbg(void)
{
	mbedtls_entropy_context entropy;
	mbedtls_ctr_drbg_context drbg;
	unsigned char block[MBEDTLS_ENTROPY_BLOCK_SIZE];
	int done;

	mbedtls_entropy_init(&entropy);
	mbedtls_ctr_drbg_init(&drbg);
	done = ecdsa_done("drbg", "entropy", mbedtls_entropy_func(&entropy, block, sizeof block));
	if (ecdsa_done("drbg", "seed",
		       mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, NULL, 0)) &&
	    done) {
		mbedtls_ctr_drbg_set_prediction_resistance(&drbg, MBEDTLS_CTR_DRBG_PR_ON);
		done = ecdsa_sign("drbg", mbedtls_ctr_drbg_random, &drbg) && ecdsa_verify("drbg");
	}
	mbedtls_ctr_drbg_free(&drbg);
	mbedtls_entropy_free(&entropy);
	return done;
}

/* seedbed takes the place of the generator. */
static int ecdsa_direct(void)
{
	return ecdsa_sign("direct", seedbed_mbedtls_random, NULL) && ecdsa_verify("direct");
}

static int ecdsa_psa(void)
{
	const psa_algorithm_t algorithm = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
	psa_key_attributes_t want = PSA_KEY_ATTRIBUTES_INIT;
	psa_key_id_t key = 0;
	size_t len;
	int done;

	psa_set_key_type(&want, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_bits(&want, 256);
	psa_set_key_algorithm(&want, algorithm);
	psa_set_key_usage_flags(&want, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH);
	done = ecdsa_done("psa", "init", psa_crypto_init()) &&
	       ecdsa_done("psa", "key", psa_generate_key(&want, &key)) &&
	       ecdsa_done("psa", "sign",
			  psa_sign_hash(key, algorithm, ecdsa_hash, sizeof ecdsa_hash,
					ecdsa_signature, sizeof ecdsa_signature,
					&ecdsa_signature_len)) &&
	       ecdsa_done("psa", "export",
			  psa_export_public_key(key, ecdsa_point, sizeof ecdsa_point, &len)) &&
	       ecdsa_done("psa", "verify",
			  psa_verify_hash(key, algorithm, ecdsa_hash, sizeof ecdsa_hash,
					  ecdsa_signature, ecdsa_signature_len));
	psa_destroy_key(key);
	mbedtls_psa_crypto_free();
	return done && ecdsa_print("psa");
}

int main(void)
{
	int started = seedbed_selftest(), signatures;

	mbedtls_memory_buffer_alloc_init(ecdsa_heap, sizeof ecdsa_heap);
	if (!ecdsa_done("all", "hash",
			mbedtls_md(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), ecdsa_message,
				   sizeof ecdsa_message - 1, ecdsa_hash)))
		return 2;
	signatures = ecdsa_drbg() + ecdsa_direct() + ecdsa_psa();
	if (receipt_print(seedbed_shared(), started) != SB_OK)
		return signatures ? 2 : 1;
	return signatures == 3 ? 0 : 2;
}
