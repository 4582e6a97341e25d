/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No source is SB_FAST: there is no fresh word, and no read asks a source. An
 * image whose table has such a source is a fault of tools/provenance.
 */
#include "core.h"

void sb_fast_round(struct seedbed *s)
{
	(void)s;
}
SB_OWN(sb_fast_round);
SB_MARK(sb_without_fast_, sb_fast_round);

void sb_fast_word(struct seedbed *s, uint32_t word[2])
{
	(void)s;
	word[0] = word[1] = 0;
}
SB_OWN(sb_fast_word);
