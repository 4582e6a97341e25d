/* SPDX-License-Identifier: BSD-2-Clause */
/* Draws a key of 32 random bytes, or says why there is none. */
#include <string.h>
#include "board.h"
#include "seedbed.h"

int main(void)
{
	unsigned char key[32];
	const char *say = "a key of 32 random bytes";
	int result = seedbed_random(key, sizeof key); /* 32 bytes or zeros */

	if (result != SB_OK) /* SB_EAGAIN: ask again later. SB_EIO: refused */
		say = seedbed_reason_text(seedbed_status(seedbed_shared()).reason);
	board_write(say, strlen(say));
	board_write("\n", 1);
	return result != SB_OK;
}
