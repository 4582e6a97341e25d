/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystreams of a guest that runs as a process (spt, our own tender). In
 * ring 0 (hvt, virtio, xen, muen) it is ChaCha20 in C: nobody stated that each
 * of these lets a guest use the registers of SIMD, and a KVM that emulates ring
 * 0 knows no AESENC.
 */
#include "sb_x86_simd.h"

/* common: a board whose drivers share it defines it too */
struct sb_x86_leaves x86_leaves __attribute__((common));
static const struct sb_x86_cpu keystreams_cpu = { .cpuid = sb_x86_cpuid, .leaves = &x86_leaves };

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

uint32_t sb_keystream_facts(void)
{
	uint16_t cs;

	__asm__("mov %%cs, %0" : "=r"(cs));
	if (!(cs & 3))
		return 0;
	sb_x86_renew(&keystreams_cpu);
	return sb_x86_simd(&keystreams_cpu);
}
SB_OWN(sb_keystream_facts);
