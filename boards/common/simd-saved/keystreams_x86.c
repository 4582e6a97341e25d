/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86_saved.h"

static const struct sb_x86_cpu keystreams_cpu = { .cpuid = sb_x86_cpuid };

const struct sb_keystream *const sb_keystreams[] = {
	&sb_x86_aes256_vaes512_saved,
	&sb_x86_aes256_vaes256_saved,
	&sb_x86_aes256_aesni_saved,
	NULL,
};
SB_OWN(sb_keystreams);

uint32_t sb_keystream_facts(void)
{
	return sb_x86_simd(&keystreams_cpu);
}
SB_OWN(sb_keystream_facts);
