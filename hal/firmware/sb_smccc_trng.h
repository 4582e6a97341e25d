/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random numbers of Arm firmware, 32-bit and 64-bit: Arm True Random Number
 * Generator Firmware Interface 1.0, DEN0098. They come from the monitor at EL3,
 * or from the hypervisor.
 */
#ifndef SB_SMCCC_TRNG_H
#define SB_SMCCC_TRNG_H

#include "sb_fdt.h"
#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Makes a call by the SMC Calling Convention, DEN0028, and puts the answer in
 * the place of what was passed: x0 to x3, or r0 to r3 in 32 bits each.
 */
typedef void sb_smccc_call(uint64_t reg[4]);

/* The context. sb_smccc_find fills in what is not private. */
struct sb_smccc {
	/*
	 * By SMC or by HVC. NULL: there is nobody to call, and the instruction
	 * may be undefined.
	 */
	sb_smccc_call *call;
	uint8_t hvc;  /* nonzero: it is HVC */
	uint8_t wide; /* nonzero: the caller has registers of 64 bits */
	/* Private. */
	uint32_t rnd;
};

/*
 * Looks in the tree how this machine's firmware is called: "method" of a node
 * that is compatible with arm,psci-1.0 or arm,psci-0.2 (Linux's binding
 * arm,psci). Older ones do not know the convention. `call` is NULL if there is
 * none. Another program's tree decides over an instruction here: believe it as
 * much as the rest of the tree.
 */
void sb_smccc_find(struct sb_smccc *smccc, const struct sb_fdt *tree, sb_smccc_call *smc,
		   sb_smccc_call *hvc);

/*
 * Two drivers over one context. Only that of its instruction finds anything.
 *
 * SMC ends at EL3, where nobody lives that the guest could distrust and still
 * compute: the firmware is below it as the CPU is. In a realm of CCA it ends at
 * the Realm Management Monitor, which is part of what is attested. A hypervisor
 * may trap SMC as well. It is that of an ordinary guest then, and reads its
 * memory anyway. HVC is answered by the hypervisor, so its bytes are SB_HOST.
 *
 * probe: SB_ENODEV if firmware has no SMCCC 1.1, which PSCI tells (DEN0098,
 * section 2.1.3), no back end or no TRNG_RND. An older monitor is asked for
 * nothing that it does not know. SB_EUNFIT: the version of the interface is not
 * 1.x, and nobody knows what its calls mean.
 *
 * read: SB_EAGAIN if there is no entropy right now. SB_EIO for any other
 * answer, and where 32 bits of a register come back as 0 or as what was passed:
 * they were not filled. An honest server gives that once in some 2^31 words of
 * 32 bits. Each call asks for all that the registers can hold, 192 bits or 96:
 * there are servers that misplace a part, or clear it. What is left over is
 * dropped.
 *
 * The calls of a read are bounded: len / 12 and one. How long a call takes is
 * the firmware's: it is a fast call of DEN0028, which nothing interrupts.
 */
extern const struct sb_driver sb_smccc_trng;
extern const struct sb_driver sb_smccc_trng_hvc; /* SB_HOST */

/*
 * Rows of sb_hal.sources. The interface promises N bits of conditioned entropy
 * for N bits asked for (DEN0098, section 2.4; a GetEntropy() of SP 800-90B,
 * section 2.3.1). So it counts in full, as a host's device does. It promises
 * nothing that can be tested: _AS is for users who know that their firmware
 * does less.
 */
/* clang-format off */
#define SB_SMCCC_TRNG(smccc) SB_SMCCC_TRNG_AS(smccc, 2048)
#define SB_SMCCC_TRNG_AS(smccc, credit) { &sb_smccc_trng, (smccc), (credit) }
#define SB_SMCCC_TRNG_HVC(smccc) SB_SMCCC_TRNG_HVC_AS(smccc, 2048)
#define SB_SMCCC_TRNG_HVC_AS(smccc, credit) { &sb_smccc_trng_hvc, (smccc), (credit) }
/* clang-format on */

/*
 * Who answers TRNG_RND, as its maker calls it: 16 bytes in the order in which a
 * UUID is written (RFC 4122). SB_ENODEV if there is no interface or it does not
 * tell. Anybody can say any name.
 */
int sb_smccc_trng_uuid(const struct sb_smccc *smccc, uint8_t uuid[16]);

#ifdef __cplusplus
}
#endif
#endif
