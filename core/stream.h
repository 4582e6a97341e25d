/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystream behind the generator: (key, nonce) -> bytes. core/stream.c has
 * ChaCha20, which runs on any CPU. An image that links hal/stream/dispatch.c
 * has faster ones as well, and falls back to that one. Nothing else changes.
 *
 * A way is one of the keystreams that are linked. 0 is ChaCha20 of core/.
 */
#ifndef SB_STREAM_H
#define SB_STREAM_H

#include <stddef.h>
#include <stdint.h>

/* The best way on this CPU and operating system. Asked at each start. */
unsigned sb_stream_choose(void);
/*
 * The first 32 bytes of the keystream become the key. The len bytes after them
 * go to out. len < 2^32. A way that is not linked is 0. Words are in the
 * machine's own order; the bytes are the same on every machine.
 */
void sb_stream(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len, unsigned way);
const char *sb_stream_name(unsigned way);
/* Nonzero: this CPU computes its known answer. */
int sb_stream_known(unsigned way);

/* chacha20.c, chacha20_known.c */
void sb_chacha20(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len);
int sb_chacha20_known(void);

#endif
