/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The true random numbers of PERFORM RANDOM NUMBER OPERATION: PoP, chapter 7.
 */
#include "sb_s390x.h"

#define PRNO_FACILITY 57 /* message-security-assist extension 5 */
#define PRNO_BIT 114     /* TRNG: extension 7 */

#define PRNO_DONE 0
#define PRNO_PARTLY 3

static int prno_probe(void *ctx)
{
	const struct sb_s390x_cpu *cpu = ctx;
	uint64_t list[SB_S390X_FACILITIES];
	uint8_t functions[SB_S390X_QUERY];

	cpu->facilities(list);
	if (!sb_s390x_has(list, PRNO_FACILITY))
		return SB_ENODEV;
	sb_s390x_prno_query(functions);
	return functions[PRNO_BIT / 8] >> (7 - PRNO_BIT % 8) & 1 ? SB_OK : SB_ENODEV;
}

/* A CPU that ends at once and has written less contradicts itself. */
static int prno_broken(int cc, size_t left, size_t before)
{
	return left > before || (cc != PRNO_PARTLY && (cc != PRNO_DONE || left));
}

static int prno_read(void *ctx, uint8_t *buf, size_t len)
{
	uint8_t *at = buf;
	size_t left = len;

	(void)ctx;
	for (unsigned tries = SB_S390X_PRNO_TRIES; tries && left; tries--) {
		size_t before = left;
		int cc = sb_s390x_prno_trng(&at, &left);

		if (prno_broken(cc, left, before)) {
			for (size_t i = 0; i < len; i++)
				buf[i] = 0;
			return SB_EIO;
		}
	}
	return left < len ? (int)(len - left) : SB_EAGAIN;
}

static void prno_stop(void *ctx)
{
	(void)ctx; /* nothing is buffered, nothing is powered */
}

/*
 * The health tests look at a sample of 8 bytes as at least 32 bits: two equal
 * neighbours are an alarm. It is not SB_FAST: PoP does not say how long it
 * takes, and the CPUs of a chip share one generator.
 */
const struct sb_driver sb_s390x_prno = {
	.name = "s390x-prno",
	SB_ASSESSED(1024, 8),
	.flags = SB_CONDITIONED | SB_LOCAL,
	.probe = prno_probe,
	.read = prno_read,
	.stop = prno_stop,
};
SB_DRIVER(sb_s390x_prno);
