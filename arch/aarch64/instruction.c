/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"

/* No pause between tries: an instruction that fails has waited already (Arm ARM, DDI 0487, register RNDR: "a reasonable period of time"). */
static int rndr_take(int (*step)(uint64_t *word), unsigned tries, uint64_t *word)
{
	while (tries--)
		if (step(word))
			return 1;
	return 0;
}

int sb_aarch64_words(int (*step)(uint64_t *word), unsigned tries, uint8_t *buf, size_t len)
{
	volatile uint64_t *forget;
	uint64_t word = 0;
	size_t done = 0, i;

	while (done < len && rndr_take(step, tries, &word))
		for (i = 0; i < sizeof word && done < len; i++)
			buf[done++] = (uint8_t)(word >> 8 * i);
	/* the caller wipes buf, but cannot see this copy, nor the end of a word that did not fit */
	forget = &word;
	*forget = 0;
	return (int)done;
}
SB_OWN(sb_aarch64_words);
