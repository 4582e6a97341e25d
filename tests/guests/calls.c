/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where start.S left EL3 or EL2, an SMC or HVC is answered with -1 and changes
 * nothing else. HVC: the machine has an EL2. SVE: an instruction that they trap
 * is reported by EL1. MODE: nothing is called; EL1 is in the state that start.S
 * promises.
 */
#include "stress.h"

#define CALLS_SCTLR 0x30d0180dull
#define CALLS_FILL 0x5eed5eed5eed5eedull
#define CALLS_SVE 0x330000ull /* CPACR_EL1.FPEN, ZEN: no trap to EL1 */

int main(void);

#ifdef MODE
/* Caches and MMU on, little-endian; the physical counter does not trap. */
int main(void)
{
	uint64_t sctlr, count;

	__asm__ volatile("mrs %0, sctlr_el1\n\tmrs %1, cntpct_el0" : "=r"(sctlr), "=r"(count));
	stress_say("right", sctlr == CALLS_SCTLR);
	return sctlr != CALLS_SCTLR;
}
#else
#ifdef HVC
#define CALLS_INSTRUCTION "hvc #0"
#else
#define CALLS_INSTRUCTION "smc #0"
#endif

static int calls_answered(uint64_t function)
{
	register uint64_t x0 __asm__("x0") = function;
	register uint64_t x1 __asm__("x1") = CALLS_FILL;
	register uint64_t x2 __asm__("x2") = ~CALLS_FILL;
	register uint64_t x9 __asm__("x9") = CALLS_FILL + 1;

	__asm__ volatile(CALLS_INSTRUCTION : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x9) : : "memory");
	return x0 == UINT64_MAX && x1 == CALLS_FILL && x2 == ~CALLS_FILL && x9 == CALLS_FILL + 1;
}

int main(void)
{
	/* SMCCC_VERSION, PSCI_VERSION, TRNG_VERSION, nothing */
	static const uint32_t functions[] = { 0x80000000, 0x84000000, 0x84000050, 0xffffffff };
	uint32_t answered = 0;

	for (unsigned i = 0; i < sizeof functions / sizeof *functions; i++)
		answered += (uint32_t)calls_answered(functions[i]);
	stress_say("answered", answered);
#ifdef SVE
	/* RDVL x0, #1 */
	__asm__ volatile("msr cpacr_el1, %0\n\tisb\n\t.inst 0x04bf5020"
			 :
			 : "r"(CALLS_SVE)
			 : "x0", "memory");
#endif
	return answered != sizeof functions / sizeof *functions;
}
#endif
