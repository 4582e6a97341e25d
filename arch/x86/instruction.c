/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/* The pause lets the sibling thread, and on RDSEED the shared conditioner, get on (Intel SDM volume 2, PAUSE). */
static int words_take(int (*step)(unsigned long *word), unsigned tries, unsigned long *word)
{
	while (tries--) {
		if (step(word))
			return 1;
		__asm__ volatile("pause");
	}
	return 0;
}

int sb_x86_words(int (*step)(unsigned long *word), unsigned tries, uint8_t *buf, size_t len)
{
	volatile uint8_t *forget;
	unsigned long word = 0;
	size_t done = 0, i;

	while (done < len && words_take(step, tries, &word))
		for (i = 0; i < sizeof word && done < len; i++)
			buf[done++] = (uint8_t)(word >> 8 * i);
	/* the caller wipes buf, but cannot see this copy, nor the end of a word that did not fit */
	forget = (volatile uint8_t *)&word;
	for (i = 0; i < sizeof word; i++)
		forget[i] = 0;
	return (int)done;
}
SB_OWN(sb_x86_words);
