/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A user's guest, built from the installed files alone. It prints two keys that
 * differ, or the reason why not.
 */
#include <board.h>
#include <seedbed.h>
#include <string.h>

static void say(const char *text)
{
	board_write(text, strlen(text));
}

int main(void)
{
	unsigned char key[32];

	for (int i = 0; i < 2; i++) {
		if (seedbed_random(key, sizeof key) != SB_OK) {
			say(seedbed_reason_text(seedbed_status(seedbed_shared()).reason));
			say("\nverdict refused\n");
			return 1;
		}
		say("key ");
		for (size_t j = 0; j < 2 * sizeof key; j++)
			board_write(&"0123456789abcdef"[key[j / 2] >> (j % 2 ? 0 : 4) & 15], 1);
		say("\n");
	}
	return 0;
}
