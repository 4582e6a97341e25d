/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end of a run, by semihosting. QEMU ends with our status, also from inside
 * a guest of a hypervisor. Without semihosting the machine is turned off.
 */
#include "aarch64.h"
#include "exit_line.h"

/* Semihosting for AArch32 and AArch64, Release 2.0, sections 3 and 6.9. */
#define EXIT_SEMIHOSTING 0x18
#define EXIT_APPLICATION 0x20026u

/* Power State Coordination Interface, DEN0022, SYSTEM_OFF */
#define EXIT_PSCI_OFF 0x84000008u

#define EXIT_WAYS 3

volatile int aarch64_exiting; /* ways that were tried */

static void exit_semihosting(int status)
{
	const uint64_t block[2] = { EXIT_APPLICATION, (uint64_t)status };
	register uint64_t x0 __asm__("x0") = EXIT_SEMIHOSTING;
	register const void *x1 __asm__("x1") = block;

	__asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}

/* The call is one or the other, by the machine. */
static void exit_power_off_hvc(void)
{
	register uint64_t x0 __asm__("x0") = EXIT_PSCI_OFF;

	__asm__ volatile("hvc #0" : "+r"(x0) : : "x1", "x2", "x3", "memory");
}

static void exit_power_off_smc(void)
{
	register uint64_t x0 __asm__("x0") = EXIT_PSCI_OFF;

	__asm__ volatile("smc #0" : "+r"(x0) : : "x1", "x2", "x3", "memory");
}

/*
 * Without semihosting or PSCI the attempt is undefined, and aarch64_trap calls
 * this function again. Each time it tries the next way.
 */
_Noreturn void board_exit(int status)
{
	if (!aarch64_exiting)
		exit_line(status);
	while (aarch64_exiting < EXIT_WAYS)
		switch (aarch64_exiting++) {
		case 0:
			exit_semihosting(status);
			break;
		case 1:
			exit_power_off_hvc();
			break;
		default:
			exit_power_off_smc();
		}
	for (;;)
		__asm__ volatile("wfi");
}
