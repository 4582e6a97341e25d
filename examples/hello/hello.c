/* SPDX-License-Identifier: BSD-2-Clause */
/* Draws a key of 32 random bytes, or says why there is none. */
#include "board.h"
#include "seedbed.h"

static void hello_say(const char *text)
{
	for (; *text; text++)
		board_write(text, 1);
}

int main(void)
{
	unsigned char key[32];
	int result = seedbed_random(key, sizeof key); /* all 32 bytes, or zeros */

	if (result == SB_OK)
		hello_say("a key of 32 random bytes");
	else
		hello_say(seedbed_reason_text(seedbed_status(seedbed_shared()).reason));
	hello_say("\n");
	return result != SB_OK; /* SB_EAGAIN: ask again later. SB_EIO: refused */
}
