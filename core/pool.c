/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pool is one BLAKE2s hash over frames. A frame is a whole block, so the
 * pool needs no buffer, and no two histories look alike to it. Every frame
 * carries the counter: the time of an answer is mixed with the answer.
 */
#include "core.h"

void sb_pool_mix(struct seedbed *s, enum sb_frame kind, size_t index, const uint8_t *data,
		 size_t len)
{
	uint64_t now = s->cycles();
	uint32_t block[16] = { (uint32_t)kind | (uint32_t)(uint8_t)index << 8 | (uint32_t)len << 16,
			       0, (uint32_t)now, (uint32_t)(now >> 32) };

	sb_words(block + 4, data, len);
	s->mixed[0] += sizeof block;
	s->mixed[1] += s->mixed[0] == 0;
	sb_hash_compress(s->pool, s->mixed, kind == SB_FRAME_KEY, block);
	sb_wipe(block, sizeof block);
}
SB_OWN(sb_pool_mix);

void sb_pool_start(struct seedbed *s)
{
	sb_hash_start(s->pool);
	s->mixed[0] = s->mixed[1] = 0;
}
SB_OWN(sb_pool_start);

void sb_pool_rekey(struct seedbed *s)
{
	uint8_t old[32];

	sb_bytes(old, s->key, sizeof old);
	sb_pool_mix(s, SB_FRAME_KEY, 0, old, sizeof old);
	for (size_t i = 0; i < 8; i++)
		s->key[i] = s->pool[i];
	sb_pool_start(s);
	sb_wipe(old, sizeof old);
	s->batch = 0;
}
SB_OWN(sb_pool_rekey);
