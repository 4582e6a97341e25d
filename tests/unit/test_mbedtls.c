/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The three ways into mbedTLS (adapters/seedbed_mbedtls.h): the bytes that
 * arrive, the codes of a refusal, and what a clone draws.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "mbedtls/ctr_drbg.h"
#include "mbedtls/entropy.h"
#include "mbedtls/platform.h"
#include "psa/crypto.h"
#include "seedbed_mbedtls.h"

/*
 * mbedTLS 3.6 allocates the state of its hash. Nothing is freed before the next
 * test, so that a snapshot holds all of it.
 */
struct heap {
	size_t used;
	_Alignas(8) uint8_t bytes[4096];
};

struct snapshot {
	struct fake_machine fake;
	struct heap heap;
	struct seedbed shared;
	mbedtls_entropy_context entropy;
	mbedtls_ctr_drbg_context drbg;
};

static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context drbg;
static struct heap heap;
static struct snapshot snapshot;
static uint8_t out[32];
static size_t len;

static void *heap_calloc(size_t count, size_t size)
{
	void *at = heap.bytes + heap.used;

	size = (count * size + 7) & ~(size_t)7;
	if (size > sizeof heap.bytes - heap.used)
		return NULL;
	heap.used += size;
	return at; /* begin() made it zeros */
}

static void heap_free(void *at)
{
	(void)at;
}

static int begin(void **state)
{
	(void)state;
	memset(&heap, 0, sizeof heap);
	mbedtls_platform_set_calloc_free(heap_calloc, heap_free);
	seedbed_wipe(seedbed_shared());
	fake_reset();
	fake_add(FAKE_VIRTIO);
	fake_add(FAKE_VIRTIO)->probe = SB_ENODEV;
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	mbedtls_entropy_init(&entropy);
	mbedtls_ctr_drbg_init(&drbg);
	len = 99;
	return 0;
}

static int end(void **state)
{
	(void)state;
	mbedtls_ctr_drbg_free(&drbg);
	mbedtls_entropy_free(&entropy);
	return 0;
}

static int drbg_seed(void)
{
	return mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, NULL, 0);
}

static void bytes_arrive(void **state)
{
	uint8_t zeros[32] = { 0 };

	(void)state;
	assert_int_equal(mbedtls_hardware_poll(NULL, out, sizeof out, &len), 0);
	assert_int_equal(len, 32);
	assert_memory_not_equal(out, zeros, 32);
	memset(out, 0, sizeof out);
	assert_int_equal(seedbed_mbedtls_random(NULL, out, sizeof out), 0);
	assert_memory_not_equal(out, zeros, 32);
	memset(out, 0, sizeof out);
	assert_int_equal(mbedtls_psa_external_get_random(NULL, out, sizeof out, &len), PSA_SUCCESS);
	assert_int_equal(len, 32);
	assert_memory_not_equal(out, zeros, 32);
	assert_int_equal(drbg_seed(), 0);
}

static void refused(void)
{
	assert_int_equal(mbedtls_hardware_poll(NULL, out, sizeof out, &len),
			 MBEDTLS_ERR_ENTROPY_SOURCE_FAILED);
	assert_int_equal(len, 0);
	len = 99;
	assert_int_equal(seedbed_mbedtls_random(NULL, out, sizeof out),
			 MBEDTLS_ERR_ENTROPY_SOURCE_FAILED);
	assert_int_equal(mbedtls_psa_external_get_random(NULL, out, sizeof out, &len),
			 PSA_ERROR_INSUFFICIENT_ENTROPY);
	assert_int_equal(len, 0);
	assert_int_equal(mbedtls_entropy_func(&entropy, out, sizeof out),
			 MBEDTLS_ERR_ENTROPY_SOURCE_FAILED);
	assert_int_equal(drbg_seed(), MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED);
}

static void no_source_is_refused(void **state)
{
	(void)state;
	fake.source[0].probe = SB_ENODEV;
	refused();
	assert_int_equal(seedbed_status(seedbed_shared()).reason, SEEDBED_NO_SOURCE);
}

/* "Not yet" is not "nothing to add". mbedTLS must not ask 256 times. */
static void later_is_refused_too(void **state)
{
	(void)state;
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	assert_int_equal(mbedtls_entropy_func(&entropy, out, sizeof out),
			 MBEDTLS_ERR_ENTROPY_SOURCE_FAILED);
	assert_int_equal(fake.source[0].reads, 64);
	refused();
}

static void stuck_source_is_refused(void **state)
{
	(void)state;
	fake_script(&fake.source[0], FAKE_STUCK, 0);
	refused();
}

static void mistakes(void **state)
{
	(void)state;
	assert_int_equal(mbedtls_psa_external_get_random(NULL, NULL, 1, &len),
			 PSA_ERROR_INVALID_ARGUMENT);
	assert_int_equal(len, 0);
	assert_int_equal(seedbed_mbedtls_random(NULL, NULL, 1), MBEDTLS_ERR_ENTROPY_SOURCE_FAILED);
	assert_int_equal(mbedtls_psa_external_get_random(NULL, NULL, 0, &len),
			 PSA_SUCCESS); /* to ask for nothing is no mistake */
	assert_int_equal(seedbed_mbedtls_random(NULL, NULL, 0), 0);
}

/*
 * An instance of the program's own, as the context of
 * mbedtls_entropy_add_source or of an f_rng.
 */
static void another_instance(void **state)
{
	(void)state;
	assert_int_equal(mbedtls_hardware_poll(&bed, out, sizeof out, &len),
			 MBEDTLS_ERR_ENTROPY_SOURCE_FAILED);
	assert_int_not_equal(fake_ready(&bed), -1);
	assert_int_equal(mbedtls_hardware_poll(&bed, out, sizeof out, &len), 0);
	assert_int_equal(seedbed_status(seedbed_shared()).state, SEEDBED_EMPTY);
}

static void one_clone(uint8_t id, int (*draw)(void *, unsigned char *, size_t), uint8_t bytes[32])
{
	fake = snapshot.fake;
	heap = snapshot.heap;
	*seedbed_shared() = snapshot.shared;
	entropy = snapshot.entropy;
	drbg = snapshot.drbg;
	fake.id[0] = id;
	assert_int_equal(draw(draw == mbedtls_ctr_drbg_random ? (void *)&drbg : NULL, bytes, 32),
			 0);
}

/* Whether two clones draw the same, if their sources replay the same bytes. */
static int alike(int (*draw)(void *, unsigned char *, size_t), int resistance)
{
	uint8_t one[32], other[32];

	assert_int_equal(drbg_seed(), 0);
	mbedtls_ctr_drbg_set_prediction_resistance(&drbg, resistance);
	snapshot.fake = fake;
	snapshot.heap = heap;
	snapshot.shared = *seedbed_shared();
	snapshot.entropy = entropy;
	snapshot.drbg = drbg;
	one_clone(2, draw, one);
	one_clone(3, draw, other);
	return memcmp(one, other, sizeof one) == 0;
}

static int draw_psa(void *ctx, unsigned char *bytes, size_t n)
{
	return mbedtls_psa_external_get_random(ctx, bytes, n, &len);
}

static void clones_draw_alike_without_resistance(void **state)
{
	(void)state;
	assert_true(alike(mbedtls_ctr_drbg_random,
			  MBEDTLS_CTR_DRBG_PR_OFF)); /* seedbed_mbedtls.h warns of this limit */
}

static void clones_diverge(void **state)
{
	(void)state;
	assert_false(alike(mbedtls_ctr_drbg_random, MBEDTLS_CTR_DRBG_PR_ON));
}

static void clones_diverge_directly(void **state)
{
	(void)state;
	assert_false(alike(seedbed_mbedtls_random, 0));
}

static void clones_diverge_by_psa(void **state)
{
	(void)state;
	assert_false(alike(draw_psa, 0));
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(bytes_arrive),
		FRESH(no_source_is_refused),
		FRESH(later_is_refused_too),
		FRESH(stuck_source_is_refused),
		FRESH(mistakes),
		FRESH(another_instance),
		FRESH(clones_draw_alike_without_resistance),
		FRESH(clones_diverge),
		FRESH(clones_diverge_directly),
		FRESH(clones_diverge_by_psa),
	};

	return cmocka_run_group_tests_name("mbedtls", tests, NULL, NULL);
}
