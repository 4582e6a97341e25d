/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86_saved.h"

const struct sb_keystream *const sb_keystreams[] = {
	&sb_x86_aes256_vaes512_saved,
	&sb_x86_aes256_vaes256_saved,
	&sb_x86_aes256_aesni_saved,
	&sb_x86_chacha20_avx512_saved,
	&sb_x86_chacha20_avx2_saved,
	&sb_x86_chacha20_sse2_saved,
	NULL,
};
SB_OWN(sb_keystreams);
