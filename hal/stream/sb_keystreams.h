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
	/* Of a key and a nonce of zeros: SB_KNOWN_... of its cipher. */
	const uint32_t *known;
};

/*
 * The known answers: word i of the next key and SB_KEYSTREAM_KNOWN bytes of
 * output goes into sum i % 8, as sum = (sum ^ word) * 0x01000193 from 0 on. No
 * wrong word goes unseen. By `openssl enc -aes-256-ctr` and `-chacha20` of 1088
 * zeros.
 */
/* clang-format off */
#define SB_KNOWN_AES256                                                                   \
	{ 0xe11e1199, 0x145fe0d8, 0xa1a0eccf, 0xc5c82c46, 0x7226f935, 0xf8af7a65, \
	  0x2ea5ccd3, 0x150b120c }
#define SB_KNOWN_CHACHA20                                                                 \
	{ 0x7cce6e30, 0x1234d9bd, 0x7c00d013, 0x46069e53, 0x7df6ab46, 0xb6d79efd, \
	  0xf1b0a1cb, 0xf2f95b34 }
/* clang-format on */

/* Best first. The last entry is NULL. */
extern const struct sb_keystream *const sb_keystreams[];
/*
 * What CPU and operating system allow, by bits that the ISA's folder names.
 * Asked once at each start, as a guest may have moved.
 */
uint32_t sb_keystream_facts(void);

/*
 * core/chacha20.c: ChaCha20 in general registers, which is way 0. One of SIMD
 * may leave to it what is too short to gain.
 */
void sb_chacha20(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len);

#endif
