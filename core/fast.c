/* SPDX-License-Identifier: BSD-2-Clause */
/* What reads do with the SB_FAST sources. */
#include "core.h"

/* Each is asked, even if the first one gives enough: that one may lie. */
void sb_fast_round(struct seedbed *s)
{
	for (size_t i = 0; i < s->hal->source_count; i++)
		if (s->hal->sources[i].driver->flags & SB_FAST)
			(void)sb_gather_source(s, i, 1);
	(void)sb_gather_settle(s);
}
SB_OWN(sb_fast_round);

/*
 * Two clones may differ in nothing else: a fresh word of the CPU in the nonce
 * makes them diverge. It is not from the pool and not in the key, so an
 * instruction that lies can do no harm.
 */
void sb_fast_word(struct seedbed *s, uint32_t word[2])
{
	uint8_t bytes[8] = { 0 };
	int n = SB_EAGAIN;

	/*
	 * Backwards: a board lists RDRAND after RDSEED, and a nonce should not
	 * use up the scarce seed instruction.
	 */
	for (size_t i = s->hal->source_count; n == SB_EAGAIN && i-- > 0;)
		if (s->hal->sources[i].driver->flags & SB_FAST)
			n = sb_source_draw(s, i, bytes, sizeof bytes);
	word[0] = sb_load32(bytes);
	word[1] = sb_load32(bytes + 4);
}
SB_OWN(sb_fast_word);
