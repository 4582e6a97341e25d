/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newlib's getentropy and arc4random over seedbed, on a board with newlib.
 * Status as that of smoke: 0 serves, 1 refused, 2 wrong.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "seedbed.h"

/* newlib declares both for other targets or other standards only. */
int getentropy(void *buf, size_t len);
uint32_t arc4random(void);

static int getentropy_wrong;

static void getentropy_check(int holds, const char *what)
{
	printf("%s %s\n", holds ? "ok" : "FAILED", what);
	getentropy_wrong |= !holds;
}

static int getentropy_all_zero(const uint8_t *bytes, size_t len)
{
	uint8_t any = 0;

	while (len--)
		any |= *bytes++;
	return any == 0;
}

static void getentropy_check_mistakes(void)
{
	static uint8_t big[257];

	errno = 0;
	getentropy_check(getentropy(big, sizeof big) == -1 && errno == EINVAL &&
				 getentropy_all_zero(big, sizeof big),
			 "more than 256 bytes is EINVAL");
	errno = 0;
	getentropy_check(getentropy(NULL, 1) == -1 && errno == EFAULT, "NULL is EFAULT");
}

int main(void)
{
	uint8_t one[32], other[32];
	int result;

	memset(one, 0xa5, sizeof one);
	getentropy_check_mistakes();
	errno = 0;
	result = getentropy(one, sizeof one);
	if (seedbed_status(seedbed_shared()).state == SEEDBED_GATHERING) {
		getentropy_check(result == -1 && errno == EIO &&
					 getentropy_all_zero(one, sizeof one),
				 "refuses with EIO and zeros");
		printf("why: %s\nverdict refused\n",
		       seedbed_reason_text(seedbed_status(seedbed_shared()).reason));
		return getentropy_wrong ? 2 : 1;
	}
	getentropy_check(result == 0 && !getentropy_all_zero(one, sizeof one), "serves 32 bytes");
	getentropy_check(getentropy(other, sizeof other) == 0 &&
				 memcmp(one, other, sizeof one) != 0,
			 "and others the next time");
	getentropy_check(arc4random() != arc4random() || arc4random() != arc4random(),
			 "arc4random, which newlib seeds from it");
	return getentropy_wrong ? 2 : 0;
}
