/* SPDX-License-Identifier: BSD-2-Clause */
/* What a firmware answers: DEN0022, DEN0028, DEN0098 1.0. */
#include "firmware.h"

#define SERVE_SMCCC_VERSION 0x80000000u
#define SERVE_PSCI_VERSION 0x84000000u
#define SERVE_PSCI_FEATURES 0x8400000au
#define SERVE_RSI_VERSION 0xc4000190u /* a realm's; each board may ask for it */
#define SERVE_TRNG_VERSION 0x84000050u
#define SERVE_TRNG_FEATURES 0x84000051u
#define SERVE_TRNG_GET_UUID 0x84000052u
#define SERVE_TRNG_RND 0x84000053u
#define SERVE_TRNG_RND_64 0xc4000053u

#define SERVE_SUCCESS 0
#define SERVE_UNKNOWN (-1)
#define SERVE_WRONG (-2)
#define SERVE_EMPTY (-3)

#define SERVE_LATE_CALLS 100u

/* A UUID of ours: 5eedbed0-0098-4000-8000-000000000001. */
static const uint32_t serve_uuid[4] = { 0xd0beed5e, 0x00409800, 0x00000080, 0x01000000 };

static int64_t serve_feature(const struct serve *server, uint32_t function)
{
	switch (function) {
	case SERVE_TRNG_VERSION:
	case SERVE_TRNG_FEATURES:
		return SERVE_SUCCESS;
	case SERVE_TRNG_GET_UUID:
		return server->kind == SERVE_NO_UUID ? SERVE_UNKNOWN : SERVE_SUCCESS;
	case SERVE_TRNG_RND:
		return server->kind == SERVE_NO_RND ? SERVE_UNKNOWN : SERVE_SUCCESS;
	case SERVE_TRNG_RND_64:
		return server->kind == SERVE_NO_RND || server->kind == SERVE_NARROW ||
				       server->kind == SERVE_GARBAGE
			       ? SERVE_UNKNOWN
			       : SERVE_SUCCESS;
	default:
		return SERVE_UNKNOWN;
	}
}

static int64_t serve_version(const struct serve *server)
{
	switch (server->kind) {
	case SERVE_VERSION_2:
		return 0x20000;
	case SERVE_VERSION_0:
		return 9;
	case SERVE_NO_BACK_END:
		return SERVE_UNKNOWN;
	case SERVE_ZERO_EXTENDED:
		return (int64_t)UINT32_MAX;
	default:
		return 0x10000;
	}
}

/* What is there of `bits` in word i of an answer, counted from the lowest. No
   shift is as wide as a word. */
static uint64_t serve_mask(unsigned i, unsigned width, unsigned bits)
{
	unsigned below = i * width;
	unsigned here = bits <= below ? 0 : bits - below;

	if (here >= width)
		here = width;
	return here ? UINT64_MAX >> (64 - here) : 0;
}

static void serve_fill(struct serve *server, uint64_t reg[4], unsigned width, unsigned bits)
{
	uint64_t word[3];

	for (unsigned i = 0; i < 3; i++) {
		server->random(&word[i]);
		if (server->kind == SERVE_REPEATS && server->calls > 1)
			word[i] = server->kept[i];
		server->kept[i] = word[i];
		if (server->kind == SERVE_ZEROS)
			word[i] = 0;
		word[i] &= serve_mask(i, width, server->kind == SERVE_FEWER ? bits / 3 : bits);
		if (server->kind == SERVE_GARBAGE)
			word[i] |= ~serve_mask(i, width, bits);
		if (i < 2 || server->kind != SERVE_FIRST_UNTOUCHED)
			reg[3 - i] = word[i];
	}
}

/* Nonzero: this call finds no entropy. */
static int serve_is_empty(const struct serve *server)
{
	return server->kind == SERVE_NO_ENTROPY ||
	       (server->kind == SERVE_SELDOM && server->calls % 4) ||
	       (server->kind == SERVE_LATE && server->calls <= SERVE_LATE_CALLS);
}

static int64_t serve_rnd(struct serve *server, uint64_t reg[4], unsigned width)
{
	uint32_t bits = (uint32_t)reg[1];

	server->calls++;
	if (!bits || bits > 3 * width || server->kind == SERVE_INVALID)
		return SERVE_WRONG;
	if (server->kind == SERVE_NOT_SUPPORTED)
		return SERVE_UNKNOWN;
	if (serve_is_empty(server))
		return SERVE_EMPTY;
	if (server->kind != SERVE_UNTOUCHED)
		serve_fill(server, reg, width, bits);
	return server->kind == SERVE_POSITIVE ? 1 : SERVE_SUCCESS;
}

static int64_t serve_trng(struct serve *server, uint64_t reg[4])
{
	switch ((uint32_t)reg[0]) {
	case SERVE_TRNG_VERSION:
		return serve_version(server);
	case SERVE_TRNG_FEATURES:
		return serve_feature(server, (uint32_t)reg[1]);
	case SERVE_TRNG_GET_UUID:
		if (server->kind == SERVE_NO_UUID)
			return SERVE_UNKNOWN;
		for (unsigned i = 1; i < 4; i++)
			reg[i] = serve_uuid[i];
		return serve_uuid[0];
	case SERVE_TRNG_RND:
		return serve_rnd(server, reg, 32);
	default:
		return serve_rnd(server, reg, 64);
	}
}

static int serve_is_trng(uint32_t function)
{
	return (function >= SERVE_TRNG_VERSION && function <= SERVE_TRNG_RND) ||
	       function == SERVE_TRNG_RND_64;
}

int serve(struct serve *server, uint64_t reg[4])
{
	uint32_t function = (uint32_t)reg[0], argument = (uint32_t)reg[1];
	int psci_0_2 = server->kind == SERVE_PSCI_0_2;
	int feature = !psci_0_2 && server->kind != SERVE_NO_FEATURE;
	int old = !feature || server->kind == SERVE_SMCCC_1_0;

	if (function == SERVE_PSCI_VERSION)
		reg[0] = psci_0_2 ? 2 : 0x10000;
	else if (function == SERVE_PSCI_FEATURES && !psci_0_2)
		reg[0] = feature && argument == SERVE_SMCCC_VERSION ? 0 : (uint64_t)-1;
	else if (function == SERVE_SMCCC_VERSION && feature)
		reg[0] = old ? 0x10000 : 0x10001;
	else if (function == SERVE_RSI_VERSION)
		reg[0] = (uint64_t)-1;
	else if (old)
		return 0;
	else
		reg[0] = serve_is_trng(function) ? (uint64_t)serve_trng(server, reg) : (uint64_t)-1;
	return 1;
}
