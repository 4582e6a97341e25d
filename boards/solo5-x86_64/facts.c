/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Faster keystreams are for a guest that runs as a process (spt, our own
 * tender). In ring 0 (hvt, virtio, xen, muen) it is ChaCha20 in C: nobody
 * stated that each of these lets a guest use the registers of SIMD, and a KVM
 * that emulates ring 0 knows no AESENC.
 */
#include "sb_x86_simd.h"

/* common: a board whose drivers share it defines it too */
struct sb_x86_leaves x86_leaves __attribute__((common));
static const struct sb_x86_cpu facts_cpu = { .cpuid = sb_x86_cpuid, .leaves = &x86_leaves };

uint32_t sb_keystream_facts(void)
{
	uint16_t cs;

	__asm__("mov %%cs, %0" : "=r"(cs));
	if (!(cs & 3))
		return 0;
	sb_x86_renew(&facts_cpu);
	return sb_x86_simd(&facts_cpu);
}
SB_OWN(sb_keystream_facts);
