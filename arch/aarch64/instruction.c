/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes from an instruction that gives a word at a time, or fails. */
#include "sb_aarch64.h"

/* There is no pause between tries, because an instruction that fails has waited
   already (Arm ARM, DDI 0487, register RNDR: "a reasonable period of time"). */
static int instruction_take(int (*step)(uint64_t *word), unsigned tries, uint64_t *word)
{
	while (tries--)
		if (step(word))
			return 1;
	return 0;
}

int sb_aarch64_words(int (*step)(uint64_t *word), unsigned tries, uint8_t *buf, size_t len)
{
	uint64_t word;
	volatile uint64_t *forget = &word;
	size_t done = 0;

	while (done < len && instruction_take(step, tries, &word))
		for (size_t i = 0; i < sizeof word && done < len; i++)
			buf[done++] = (uint8_t)(word >> 8 * i);
	/* The caller wipes buf. It cannot reach this copy, nor the end of a
	   word that did not fit. */
	*forget = 0;
	return (int)done;
}
SB_OWN(sb_aarch64_words);
