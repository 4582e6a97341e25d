/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Console and exit through Arm semihosting. QEMU or a debugger must be there:
 * without one the first call faults.
 */
#include <stdint.h>
#include "board.h"
#include "exit_line.h"

/*
 * Semihosting for AArch32 and AArch64, Release 2.0, sections 5.10, 5.22 and 7.
 */
#define SEMIHOSTING_OPEN 0x01u
#define SEMIHOSTING_WRITE 0x05u
#define SEMIHOSTING_EXIT_EXTENDED 0x20u
#define SEMIHOSTING_OPEN_W 4u
#define SEMIHOSTING_APPLICATION_EXIT 0x20026u

static int32_t semihosting_call(uint32_t operation, const void *block)
{
	register uint32_t r0 __asm__("r0") = operation;
	register const void *r1 __asm__("r1") = block;

	__asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
	return (int32_t)r0;
}

static uint32_t semihosting_address(const void *at)
{
	return (uint32_t)(uintptr_t)at;
}

static int32_t semihosting_console(void)
{
	static int32_t handle;
	const uint32_t block[3] = { semihosting_address(":tt"), SEMIHOSTING_OPEN_W, 3 };

	if (handle <= 0)
		handle = semihosting_call(SEMIHOSTING_OPEN, block);
	return handle;
}

void board_write(const char *text, size_t len)
{
	const uint32_t block[3] = { (uint32_t)semihosting_console(), semihosting_address(text),
				    (uint32_t)len };

	(void)semihosting_call(SEMIHOSTING_WRITE, block);
}

_Noreturn void board_exit(int status)
{
	const uint32_t block[2] = { SEMIHOSTING_APPLICATION_EXIT, (uint32_t)status };

	exit_line(status);
	for (;;)
		(void)semihosting_call(SEMIHOSTING_EXIT_EXTENDED, block);
}
