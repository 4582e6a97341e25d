/* SPDX-License-Identifier: BSD-2-Clause */
/* A user's program. It prints two keys that differ, or the reason why not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "seedbed.h"

int main(void)
{
	unsigned char key[2][32];

	for (int i = 0; i < 2; i++) {
		if (seedbed_random(key[i], sizeof key[i]) != SB_OK) {
			puts(seedbed_reason_text(seedbed_status(seedbed_shared()).reason));
			exit(1);
		}
		printf("key ");
		for (size_t j = 0; j < sizeof key[i]; j++)
			printf("%02x", key[i][j]);
		puts("");
	}
	return memcmp(key[0], key[1], sizeof key[0]) ? 0 : 2;
}
