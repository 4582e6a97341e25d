/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86_simd.h"

/*
 * AES comes first: at each length it takes less time than ChaCha20 of the same
 * registers, and AES-NI less than ChaCha20 by AVX-512.
 */
const struct sb_keystream *const sb_keystreams[] = {
	&sb_x86_aes256_vaes512,
	&sb_x86_aes256_vaes256,
	&sb_x86_aes256_aesni,
	&sb_x86_chacha20_avx512,
	&sb_x86_chacha20_avx2,
	&sb_x86_chacha20_sse2,
	NULL,
};
SB_OWN(sb_keystreams);
