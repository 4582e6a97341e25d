/* SPDX-License-Identifier: BSD-2-Clause */
/* newlib's getentropy and arc4random over seedbed, on a board with newlib. Status as of apps/smoke: 0 serves, 1 refused, 2 wrong. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "seedbed.h"

int getentropy(void *buf,
	       size_t len); /* newlib declares both for other targets or other standards only */
uint32_t arc4random(void);

static int wrong;

static void check(int holds, const char *what)
{
	printf("%s %s\n", holds ? "ok" : "FAILED", what);
	wrong |= !holds;
}

static int all_zero(const uint8_t *bytes, size_t len)
{
	uint8_t any = 0;

	while (len--)
		any |= *bytes++;
	return any == 0;
}

static void check_mistakes(void)
{
	static uint8_t big[257];

	errno = 0;
	check(getentropy(big, sizeof big) == -1 && errno == EINVAL && all_zero(big, sizeof big),
	      "more than 256 bytes is EINVAL");
	errno = 0;
	check(getentropy(NULL, 1) == -1 && errno == EFAULT, "NULL is EFAULT");
}

int main(void)
{
	uint8_t one[32], other[32];
	int result;

	memset(one, 0xa5, sizeof one);
	check_mistakes();
	errno = 0;
	result = getentropy(one, sizeof one);
	if (seedbed_status(seedbed_shared()).state == SEEDBED_GATHERING) {
		check(result == -1 && errno == EIO && all_zero(one, sizeof one),
		      "refuses with EIO and zeros");
		printf("why: %s\nverdict refused\n",
		       seedbed_reason_text(seedbed_status(seedbed_shared()).reason));
		return wrong ? 2 : 1;
	}
	check(result == 0 && !all_zero(one, sizeof one), "serves 32 bytes");
	check(getentropy(other, sizeof other) == 0 && memcmp(one, other, sizeof one) != 0,
	      "and others the next time");
	check(arc4random() != arc4random() || arc4random() != arc4random(),
	      "arc4random, which newlib seeds from it");
	return wrong ? 2 : 0;
}
