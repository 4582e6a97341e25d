/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_papr.h"

#define PAPR_RANDOM 0x300

/* LoPAR, "Hypervisor Call Return Code Values". */
#define PAPR_SUCCESS 0
#define PAPR_BUSY 1
#define PAPR_LONG_BUSY_FIRST 9900
#define PAPR_LONG_BUSY_LAST 9905
#define PAPR_FUNCTION (-2)
#define PAPR_PRIVILEGE (-3)
#define PAPR_AUTHORITY (-10)

static int papr_result(int64_t status)
{
	if (status == PAPR_BUSY ||
	    (status >= PAPR_LONG_BUSY_FIRST && status <= PAPR_LONG_BUSY_LAST))
		return SB_EAGAIN;
	switch (status) {
	case PAPR_SUCCESS:
		return SB_OK;
	case PAPR_FUNCTION:
		return SB_ENODEV;
	case PAPR_PRIVILEGE:
	case PAPR_AUTHORITY:
		return SB_EUNFIT;
	default:
		return SB_EIO;
	}
}

/* The low byte of the register goes first, in both byte orders. */
static int papr_word(const struct sb_papr *papr, uint8_t *buf, size_t len)
{
	uint64_t reg[SB_PAPR_REGISTERS] = { PAPR_RANDOM };
	volatile uint64_t *forget = &reg[1];
	int result;

	papr->call(reg);
	result = papr_result((int64_t)reg[0]);
	for (unsigned i = 0; result == SB_OK && i < 8 && i < len; i++)
		buf[i] = (uint8_t)(reg[1] >> 8 * i);
	*forget = 0; /* the caller wipes buf, and cannot reach this copy */
	return result;
}

/* What the first call gives is not used. */
static int papr_probe(void *ctx)
{
	const struct sb_papr *papr = ctx;
	int result = papr->call && papr->told ? papr_word(papr, NULL, 0) : SB_ENODEV;

	return result == SB_EAGAIN ? SB_OK : result;
}

static int papr_read(void *ctx, uint8_t *buf, size_t len)
{
	for (size_t done = 0; done < len; done += 8) {
		int result = papr_word(ctx, buf + done, len - done);

		if (result == SB_EAGAIN && done)
			return (int)done;
		if (result != SB_OK)
			return result == SB_EUNFIT ? SB_EIO : result;
	}
	return (int)len;
}

static void papr_stop(void *ctx)
{
	(void)ctx; /* nothing is buffered, nothing is powered */
}

const struct sb_driver sb_papr_random = {
	.name = "papr-random",
	SB_ASSESSED(2048, 8),
	.flags = SB_CONDITIONED | SB_HOST,
	.probe = papr_probe,
	.read = papr_read,
	.stop = papr_stop,
};
SB_DRIVER(sb_papr_random);
