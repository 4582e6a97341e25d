/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hash behind the pool: its compression function, on whole blocks. To use a
 * faster implementation, replace blake2s.c in the list of files. No other file
 * changes.
 */
#ifndef SB_HASH_H
#define SB_HASH_H

#include <stddef.h>
#include <stdint.h>

/* BLAKE2s with a digest of 32 bytes and no key, RFC 7693 section 2.5. */
void sb_hash_start(uint32_t h[8]);
/*
 * The compression function of RFC 7693 section 3.2.
 *   t      the number of bytes so far, this block included; low word first
 *   last   nonzero for the last block: h is the digest then
 * Words are in the machine's own order. The message and the digest are their
 * bytes, the low one first.
 */
void sb_hash_compress(uint32_t h[8], const uint32_t t[2], int last, const uint32_t block[16]);

#endif
