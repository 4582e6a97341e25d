/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random number instruction and the counter of 64-bit POWER, and its call
 * to the hypervisor. A board lists { SB_POWER_DARN(&cpu) }.
 */
#ifndef SB_POWER_H
#define SB_POWER_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the board knows of its CPU. */
struct sb_power_cpu {
	/*
	 * Nonzero: the platform says that the CPU has darn. Under a hypervisor
	 * that is sb_papr_has_darn, which knows of a CPU that must look like an
	 * older one. Without one it is the version of the CPU: POWER9 or later.
	 * Elsewhere the instruction traps.
	 */
	uint8_t darn;
	/* sb_power_msr, in privileged mode. NULL: this program may not read it,
	   and then it does not know of an ultravisor. */
	uint64_t (*msr)(void);
};

/*
 * SB_LOCAL; ctx is a struct sb_power_cpu. A word that says "error" is asked for
 * again, ten times in all. SB_EAGAIN: all ten said so.
 */
extern const struct sb_driver sb_power_darn;

/*
 * A row of sb_hal.sources. The ISA says that the word is conditioned, and gives
 * no figure. So half of its bits count.
 */
/* clang-format off */
#define SB_POWER_DARN(cpu) SB_POWER_DARN_AS(cpu, 1024)
#define SB_POWER_DARN_AS(cpu, credit) { &sb_power_darn, (void *)(cpu), (credit) }
/* clang-format on */

/* darn with L=1: 64 conditioned bits, or all ones. It traps before POWER9. */
uint64_t sb_power_darn_word(void);

/*
 * The Time Base, for sb_hal.cycles; 64 bits move, 512 million times a second on
 * most machines. The device tree says the rate (timebase-frequency of a CPU).
 */
uint64_t sb_power_timebase(void);

/* The Machine State Register. It traps in problem state. */
uint64_t sb_power_msr(void);

/*
 * For sb_hal.distrust: SB_HOST and SB_TIMING in a guest whose memory an
 * ultravisor hides from its hypervisor (Protected Execution Facility). The
 * CPU's own register says that, so no hypervisor can deny it.
 */
uint16_t sb_power_distrust(const struct sb_power_cpu *cpu);

/*
 * Calls the hypervisor, as sb_papr_call of hal/firmware/sb_papr.h describes it.
 * Where there is none it is a system call of this program's own.
 */
#define SB_POWER_HCALL 5 /* registers */
void sb_power_hcall(uint64_t reg[SB_POWER_HCALL]);

#ifdef __cplusplus
}
#endif
#endif
