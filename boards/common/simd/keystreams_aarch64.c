/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64_simd.h"
#include "sb_hal.h"

const struct sb_keystream *const sb_keystreams[] = { &sb_aarch64_aes256_ce,
						     &sb_aarch64_chacha20_neon, NULL };
SB_OWN(sb_keystreams);
