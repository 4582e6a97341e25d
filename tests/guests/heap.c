/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A Solo5 guest that writes far below its stack, into the heap. The heap
 * belongs to the program alone.
 */
#include "print.h"
#include "sb_hal.h"

#define HEAP_BELOW 0x20000 /* more than a guest of ours uses as stack */

int main(void)
{
	volatile unsigned char here = 0;

	print_text("writing into the heap, past ");
	print_number(sb_platform.source_count);
	print_text(" sources of its own\n");
	*(volatile unsigned char *)((uintptr_t)&here - HEAP_BELOW) = 1;
	print_text("it is there\n");
	return here;
}
