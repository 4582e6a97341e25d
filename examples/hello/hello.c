/* SPDX-License-Identifier: BSD-2-Clause */
/* The least program: a key, or the reason why there is none. */
#include <string.h>
#include "board.h"
#include "seedbed.h"

int main(void)
{
	unsigned char key[32];
	int result = seedbed_random(key, sizeof key);

	if (result != SB_OK) {
		const char *why = seedbed_reason_text(seedbed_status(seedbed_shared()).reason);

		board_write(why, strlen(why));
		return 1;
	}
	board_write("a key of 32 bytes\n", 18);
	return 0;
}
