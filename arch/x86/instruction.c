/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes from an instruction that gives a word at a time, or fails. */
#include "sb_x86.h"

#ifdef __OPTIMIZE_SIZE__
enum { INSTRUCTION_WHOLE = 0 };
#else
enum { INSTRUCTION_WHOLE = 1 }; /* buf takes a whole word */
#endif

typedef unsigned long __attribute__((may_alias, aligned(1))) instruction_word;

/* The pause lets the sibling thread run, and on RDSEED the shared conditioner
   (Intel SDM volume 2, PAUSE). */
static int instruction_take(int (*step)(unsigned long *word), unsigned tries, unsigned long *word)
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
	unsigned long word;
	volatile unsigned long *forget = &word;
	size_t done = 0;

	while (done < len && instruction_take(step, tries, &word)) {
		if (INSTRUCTION_WHOLE && len - done >= sizeof word) {
			/* the low byte first, as x86 stores it */
			*(instruction_word *)(void *)(buf + done) = word;
			done += sizeof word;
			continue;
		}
		for (size_t i = 0; i < sizeof word && done < len; i++)
			buf[done++] = (uint8_t)(word >> 8 * i);
	}
	/* The caller wipes buf. It cannot reach this copy, nor the end of a
	   word that did not fit. */
	*forget = 0;
	return (int)done;
}
SB_OWN(sb_x86_words);
