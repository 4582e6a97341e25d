/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystream behind the generator: (key, nonce) -> bytes. To use a faster
 * cipher, replace chacha20.c in the list of files. No other file changes.
 */
#ifndef SB_STREAM_H
#define SB_STREAM_H

#include <stddef.h>
#include <stdint.h>

/*
 * The first 32 bytes of the keystream go to next, which may be key itself. The
 * len bytes after them go to out. len < 2^32. Words are in the machine's own
 * order; the bytes are the same on every machine.
 */
void sb_stream(const uint32_t key[8], const uint32_t nonce[3], uint32_t next[8], uint8_t *out,
	       size_t len);

#endif
