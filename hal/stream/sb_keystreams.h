/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keystreams that run on some CPUs only, for hal/stream/dispatch.c. A board
 * that links that file defines what is declared here.
 *
 * A keystream touches registers of SIMD. So a board that names one states that
 * they are enabled wherever seedbed may be called. Where a call may interrupt
 * code that uses them, the board names the form that saves each register.
 */
#ifndef SB_KEYSTREAMS_H
#define SB_KEYSTREAMS_H

#include <stddef.h>
#include <stdint.h>

#define SB_KEYSTREAM_KNOWN 1056 /* bytes behind the next key: two bulk loops */

struct sb_keystream {
	const char *name; /* "<cipher>-<instructions>": "aes256-vaes512" */
	uint32_t needs;   /* bits of sb_keystream_facts, each of them */
	/* As sb_stream (core/stream.h). */
	void (*run)(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len);
	/*
	 * Of a key and a nonce of zeros: BLAKE2s-256 over the next key and
	 * SB_KEYSTREAM_KNOWN bytes of output.
	 */
	const uint32_t *known;
};

/* Best first. The last entry is NULL. */
extern const struct sb_keystream *const sb_keystreams[];
/*
 * What CPU and operating system allow, by bits that the ISA's folder names.
 * Asked once at each start, as a guest may have moved.
 */
uint32_t sb_keystream_facts(void);

#endif
