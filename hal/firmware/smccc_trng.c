/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_smccc_trng.h"

/* SMC Calling Convention, DEN0028: SMCCC_VERSION. */
#define SMCCC_VERSION 0x80000000u
#define SMCCC_1_1 0x10001
/* Power State Coordination Interface, DEN0022, by these names. */
#define SMCCC_PSCI_VERSION 0x84000000u
#define SMCCC_PSCI_FEATURES 0x8400000au
#define SMCCC_PSCI_1_0 0x10000

/* DEN0098, sections 2.1 to 2.5. Bit 30: a call with registers of 64 bits. */
#define SMCCC_TRNG_VERSION 0x84000050u
#define SMCCC_TRNG_FEATURES 0x84000051u
#define SMCCC_TRNG_GET_UUID 0x84000052u
#define SMCCC_TRNG_RND 0x84000053u
#define SMCCC_TRNG_RND_64 0xc4000053u
#define SMCCC_TRNG_MAJOR 1
#define SMCCC_SUCCESS 0
#define SMCCC_NO_ENTROPY (-3)

#define SMCCC_RESULTS 3u /* registers of an answer, behind its status */

/*
 * Results have 32 bits. A 64-bit register that holds one may have anything
 * above them.
 */
static int32_t smccc_ask(const struct sb_smccc *smccc, uint32_t function, uint32_t argument)
{
	uint64_t reg[4] = { function, argument, 0, 0 };

	smccc->call(reg);
	return (int32_t)reg[0];
}

/* Each call is made only where the one before says that it is known. */
static int smccc_is_1_1(const struct sb_smccc *smccc)
{
	return smccc_ask(smccc, SMCCC_PSCI_VERSION, 0) >= SMCCC_PSCI_1_0 &&
	       smccc_ask(smccc, SMCCC_PSCI_FEATURES, SMCCC_VERSION) >= 0 &&
	       smccc_ask(smccc, SMCCC_VERSION, 0) >= SMCCC_1_1;
}

static int smccc_has(const struct sb_smccc *smccc, uint32_t function)
{
	return smccc_ask(smccc, SMCCC_TRNG_FEATURES, function) >= 0;
}

static int smccc_interface(const struct sb_smccc *smccc)
{
	int32_t version;

	if (!smccc->call || !smccc_is_1_1(smccc))
		return SB_ENODEV;
	version = smccc_ask(smccc, SMCCC_TRNG_VERSION, 0);
	if (version < 0)
		return SB_ENODEV;
	return version >> 16 == SMCCC_TRNG_MAJOR ? SB_OK : SB_EUNFIT;
}

static int smccc_probe(struct sb_smccc *smccc)
{
	int result = smccc_interface(smccc);

	if (result != SB_OK)
		return result;
	if (smccc->wide && smccc_has(smccc, SMCCC_TRNG_RND_64))
		smccc->rnd = SMCCC_TRNG_RND_64;
	else if (smccc_has(smccc, SMCCC_TRNG_RND))
		smccc->rnd = SMCCC_TRNG_RND;
	else
		return SB_ENODEV;
	return SB_OK;
}

static int smccc_smc_probe(void *ctx)
{
	struct sb_smccc *smccc = ctx;

	return smccc->hvc ? SB_ENODEV : smccc_probe(smccc);
}

static int smccc_hvc_probe(void *ctx)
{
	struct sb_smccc *smccc = ctx;

	return smccc->hvc ? smccc_probe(smccc) : SB_ENODEV;
}

/* The least significant bits are in the last register, and go first. */
static size_t smccc_unpack(const uint64_t reg[4], unsigned width, uint8_t *buf, size_t len)
{
	size_t n = 0;

	for (unsigned i = SMCCC_RESULTS; i; i--)
		for (unsigned byte = 0; byte < width && n < len; byte++)
			buf[n++] = (uint8_t)(reg[i] >> (8 * byte));
	return n;
}

/*
 * Nonzero unless a part of 32 bits is 0, or is as it was passed. A server may
 * put numbers of 32 bits into registers of 64. The health tests would not see
 * that each second sample is 0: they compare neighbours, and the first of 512.
 */
static int smccc_filled(const uint64_t reg[4], unsigned width, uint32_t passed)
{
	for (unsigned i = 1; i <= SMCCC_RESULTS; i++)
		for (unsigned byte = 0; byte < width; byte += 4) {
			uint32_t part = (uint32_t)(reg[i] >> (8 * byte));

			if (part == 0 || part == passed)
				return 0;
		}
	return 1;
}

/* Bytes, or a result. */
static int smccc_rnd(const struct sb_smccc *smccc, uint8_t *buf, size_t len)
{
	unsigned width = smccc->rnd == SMCCC_TRNG_RND_64 ? 8 : 4;
	uint32_t bits = 8 * SMCCC_RESULTS * width;
	uint64_t reg[4] = { smccc->rnd, bits, 0, 0 };

	smccc->call(reg);
	if ((int32_t)reg[0] == SMCCC_NO_ENTROPY)
		return SB_EAGAIN;
	if ((int32_t)reg[0] != SMCCC_SUCCESS || !smccc_filled(reg, width, bits))
		return SB_EIO;
	return (int)smccc_unpack(reg, width, buf, len);
}

static int smccc_read(void *ctx, uint8_t *buf, size_t len)
{
	size_t n = 0;

	while (n < len) {
		int got = smccc_rnd(ctx, buf + n, len - n);

		if (got < 0)
			return n && got == SB_EAGAIN ? (int)n : got;
		n += (size_t)got;
	}
	return (int)n;
}

static void smccc_stop(void *ctx)
{
	(void)ctx; /* nothing is buffered, nothing is powered */
}

int sb_smccc_trng_uuid(const struct sb_smccc *smccc, uint8_t uuid[16])
{
	uint64_t reg[4] = { SMCCC_TRNG_GET_UUID, 0, 0, 0 };

	if (smccc_interface(smccc) != SB_OK || !smccc_has(smccc, SMCCC_TRNG_GET_UUID))
		return SB_ENODEV;
	smccc->call(reg);
	if ((uint32_t)reg[0] == UINT32_MAX)
		return SB_ENODEV;
	for (unsigned i = 0; i < 16; i++)
		uuid[i] = (uint8_t)(reg[i / 4] >> (8 * (i % 4)));
	return SB_OK;
}
SB_OWN(sb_smccc_trng_uuid);

/*
 * A sample is a register of the smaller call. The health tests look for a
 * broken server; the credit is in SB_SMCCC_TRNG and SB_SMCCC_TRNG_HVC.
 */
/* clang-format off */
#define SMCCC_DRIVER(driver, title, how, who) \
	const struct sb_driver driver = { \
		.name = (title), SB_ASSESSED(2048, 4), .flags = SB_CONDITIONED | (who), \
		.probe = (how), .read = smccc_read, .stop = smccc_stop, \
	}; \
	SB_DRIVER(driver)
/* clang-format on */

SMCCC_DRIVER(sb_smccc_trng, "smccc-trng", smccc_smc_probe, 0);
SMCCC_DRIVER(sb_smccc_trng_hvc, "smccc-trng-hvc", smccc_hvc_probe, SB_HOST);
