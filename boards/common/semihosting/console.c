/* SPDX-License-Identifier: BSD-2-Clause */
/* The console through Arm semihosting. */
#include "board.h"
#include "semihosting.h"

/* Semihosting for AArch32 and AArch64, Release 2.0, sections 5.10 and 5.22. */
#define CONSOLE_OPEN 0x01u
#define CONSOLE_WRITE 0x05u
#define CONSOLE_OPEN_W 4u

static int32_t console_handle(void)
{
	static const char terminal[] = ":tt";
	static int32_t handle;
	const uintptr_t block[3] = { (uintptr_t)terminal, CONSOLE_OPEN_W, 3 };

	if (handle <= 0)
		handle = semihosting_call(CONSOLE_OPEN, block);
	return handle;
}

void board_write(const char *text, size_t len)
{
	const uintptr_t block[3] = { (uintptr_t)console_handle(), (uintptr_t)text, len };

	(void)semihosting_call(CONSOLE_WRITE, block);
}
