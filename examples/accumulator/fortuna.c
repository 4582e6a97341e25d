/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include "fortuna.h"
#include "seedbed_bearssl.h"

/* the index of events in turn and credit */
#define FORTUNA_EVENTS SEEDBED_SOURCES_MAX

/* The new key is the hash of the old key and the new data. */
static void fortuna_rekey(struct fortuna *f, const void *data, size_t len)
{
	br_sha256_context hash;

	br_sha256_init(&hash);
	br_sha256_update(&hash, f->key, sizeof f->key);
	br_sha256_update(&hash, data, len);
	br_sha256_out(&hash, f->key);
	seedbed_bearssl_wipe(&hash, sizeof hash);
}

/*
 * The snapshot of a clone has the key and the pools. So nothing that was taken
 * before counts any more. It stays mixed in.
 */
static void fortuna_restart(struct fortuna *f, const void *id, size_t len)
{
	fortuna_rekey(f, id, len);
	f->seeded = 0;
	f->bits = 0;
	f->generation++;
}

/*
 * Each source goes round the pools by itself. So none can fill the pools with
 * bytes that it knows (section 9.5.6).
 */
static void fortuna_add(struct fortuna *f, size_t i, const uint8_t *bytes, size_t len)
{
	const uint8_t head[2] = { (uint8_t)i, (uint8_t)len };
	unsigned pool = f->turn[i]++ % FORTUNA_POOLS;

	br_sha256_update(&f->pool[pool], head, sizeof head);
	br_sha256_update(&f->pool[pool], bytes, len);
	f->first += pool == 0 ? (uint32_t)len : 0;
	f->bits += f->bits < FORTUNA_FIRST_BITS * 256u ? (uint32_t)len * f->credit[i] : 0;
	f->taken += (uint32_t)len;
}

static void fortuna_take(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	struct fortuna *f = ctx;

	if (source == SEEDBED_FROM_EPOCH) {
		f->told++;
		fortuna_restart(f, bytes, len);
	} else {
		fortuna_add(f, source == SEEDBED_FROM_EVENTS ? FORTUNA_EVENTS : source, bytes, len);
	}
}

static void fortuna_drain(struct fortuna *f, unsigned pool)
{
	uint8_t digest[br_sha256_SIZE];

	br_sha256_out(&f->pool[pool], digest);
	br_sha256_init(&f->pool[pool]);
	fortuna_rekey(f, digest, sizeof digest);
	seedbed_bearssl_wipe(digest, sizeof digest);
}

/*
 * Reseed number r drains pool i if 2^i divides r (section 9.5.2). The first
 * reseed drains all pools. Nothing happens before there is enough.
 */
static void fortuna_reseed(struct fortuna *f)
{
	if (f->seeded ? f->first < FORTUNA_POOL_MIN : f->bits < FORTUNA_FIRST_BITS * 256u)
		return;
	f->reseeds++;
	for (unsigned i = 0; i < FORTUNA_POOLS && (!f->seeded || f->reseeds % (1ull << i) == 0);
	     i++)
		fortuna_drain(f, i);
	f->first = 0;
	f->seeded = 1;
}

/*
 * The accumulator was not attached when the machine was cloned. So it draws
 * bytes that tell the clones apart.
 */
static int fortuna_catch_up(struct fortuna *f, struct seedbed *s)
{
	uint32_t generation = seedbed_status(s).generation;
	uint8_t fresh[32];
	int result;

	if (f->generation == generation)
		return SB_OK;
	result = seedbed_read(s, fresh, sizeof fresh);
	if (result == SB_OK) {
		fortuna_restart(f, fresh, sizeof fresh);
		/* a clone within the read is noticed next time */
		f->generation = generation;
	}
	seedbed_bearssl_wipe(fresh, sizeof fresh);
	return result;
}

static void fortuna_start(struct fortuna *f, struct seedbed *s)
{
	f->consumer.take = fortuna_take;
	f->consumer.ctx = f;
	for (unsigned i = 0; i < FORTUNA_POOLS; i++)
		br_sha256_init(&f->pool[i]);
	f->generation = seedbed_status(s).generation;
	f->started = 1;
}

int fortuna_attach(struct fortuna *f, struct seedbed *s)
{
	struct seedbed_report report;
	int result;

	if (!f->started)
		fortuna_start(f, s);
	/*
	 * Before the first draws arrive: a consumer must not call
	 * seedbed_inspect.
	 */
	for (size_t i = 0; i < SEEDBED_SOURCES_MAX; i++)
		f->credit[i] = seedbed_inspect(s, i, &report) == SB_OK ? report.credit : 0;
	result = seedbed_add_consumer(s, &f->consumer);
	if (result == SB_OK)
		f->attached = 1;
	return result;
}

int fortuna_detach(struct fortuna *f, struct seedbed *s)
{
	int result = seedbed_remove_consumer(s, &f->consumer);

	if (result == SB_OK)
		f->attached = 0;
	return result;
}

int fortuna_read(struct fortuna *f, struct seedbed *s, void *out, size_t len)
{
	static const uint8_t nonce[12];
	uint8_t key[sizeof f->key] = { 0 };
	int result = f->started && len <= FORTUNA_REQUEST_MAX ? seedbed_gather(s) : SB_EINVAL;

	if (result == SB_OK)
		result = fortuna_catch_up(f, s);
	if (result != SB_OK)
		return result;
	fortuna_reseed(f);
	if (!f->seeded)
		return SB_EAGAIN;
	/* Block 0 is the next key, so this key makes no byte twice. */
	br_chacha20_ct_run(f->key, nonce, 0, key, sizeof key);
	memset(out, 0, len);
	br_chacha20_ct_run(f->key, nonce, 1, out, len);
	memcpy(f->key, key, sizeof key);
	seedbed_bearssl_wipe(key, sizeof key);
	return SB_OK;
}
