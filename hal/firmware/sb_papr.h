/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random numbers of a hypervisor of POWER, PowerVM or KVM: Linux on Power
 * Architecture Reference (LoPAR), H_RANDOM.
 */
#ifndef SB_PAPR_H
#define SB_PAPR_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Calls the hypervisor: the number of the call and its arguments, in r3 to r7.
 * The result, and the values behind it, come in their place.
 */
#define SB_PAPR_REGISTERS 5
typedef void sb_papr_call(uint64_t reg[SB_PAPR_REGISTERS]);

/* The context, by the board. */
struct sb_papr {
	/* NULL: nobody is there to call. */
	sb_papr_call *call;
	/*
	 * Nonzero: the device tree tells of it. That is "hcall-random" in
	 * ibm,hypertas-functions of /rtas (sb_papr_lists). QEMU has a node
	 * compatible with ibm,random in /ibm,platform-facilities instead.
	 */
	uint8_t told;
};

/*
 * SB_HOST. probe: SB_ENODEV if nobody told of it, or the hypervisor does not
 * know the call (H_Function). SB_EUNFIT if it keeps it from this partition
 * (H_Authority, H_Privilege). SB_EIO for any other failure (H_Hardware).
 *
 * read: SB_EAGAIN for H_Busy and the six H_LongBusyOrder. H_Function is
 * SB_ENODEV: the partition has moved to a machine without it. Any other result
 * is SB_EIO. The calls are bounded: len / 8 and one. How long a call takes is
 * the hypervisor's: it may hold this CPU for as long as it likes.
 */
extern const struct sb_driver sb_papr_random;

/*
 * A row of sb_hal.sources. It counts in full, as a host's device does. The
 * document promises "a random number" and no figure: _AS is for users who know
 * that their hypervisor does less.
 */
/* clang-format off */
#define SB_PAPR_RANDOM(papr) SB_PAPR_RANDOM_AS(papr, 2048)
#define SB_PAPR_RANDOM_AS(papr, credit) { &sb_papr_random, (papr), (credit) }
/* clang-format on */

/* Nonzero: a list of texts, each with its zero, has this one. Nothing behind
   len bytes is read. */
int sb_papr_lists(const void *list, size_t len, const char *name);

/*
 * Nonzero: the property ibm,pa-features of a CPU says that it has darn. A first
 * byte is the count of bytes of the attributes of a type, a second one the
 * type; darn is bit 0 of byte 62 of type 0.
 */
int sb_papr_has_darn(const uint8_t *features, size_t len);

#ifdef __cplusplus
}
#endif
#endif
