/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A Solo5 guest that asks the host's kernel for random bytes, past its tender.
 * A tender that lets the call return has not confined the guest.
 */
#include "print.h"
#include "sb_hal.h"

#define HOSTCALL_GETRANDOM 318 /* Linux, x86-64 */

int main(void)
{
	unsigned char bytes[16] = { 0 };
	long result;

	print_text("asking the host past ");
	print_number(sb_platform.source_count);
	print_text(" sources of its own\n");
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "0"(HOSTCALL_GETRANDOM), "D"(bytes), "S"(sizeof bytes), "d"(0)
			 : "rcx", "r11", "memory");
	print_text("it answered ");
	print_number((uint64_t)result);
	print_text("\n");
	return 0;
}
