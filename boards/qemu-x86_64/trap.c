/* SPDX-License-Identifier: BSD-2-Clause */
#include "machine.h"

#define TRAP_VECTORS 32
#define TRAP_CODE64 8    /* start.S */
#define TRAP_GATE 0x8e00 /* present, ring 0, interrupt gate: Intel SDM volume 3, figure 6-8 */

struct trap_gate {
	uint16_t low, segment, flags, middle;
	uint32_t high, zero;
};

extern const uint8_t trap_stubs[TRAP_VECTORS][16];
static struct trap_gate trap_table[TRAP_VECTORS];

static void trap_print_hex(uint64_t value)
{
	char digits[16];
	unsigned i;

	for (i = 0; i < 16; i++)
		digits[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
	board_write("0x", 2);
	board_write(digits, 16);
}

_Noreturn void board_trap(unsigned vector, uint64_t error, uint64_t rip)
{
	char number[2] = { (char)('0' + vector / 10), (char)('0' + vector % 10) };

	board_write("exception ", 10);
	board_write(number + (vector < 10), vector < 10 ? 1 : 2);
	board_write(" at ", 4);
	trap_print_hex(rip);
	board_write(" error ", 7);
	trap_print_hex(error);
	board_write("\n", 1);
	board_exit(1);
}

void board_trap_init(void)
{
	struct {
		uint8_t pad[6]; /* aligns base */
		uint16_t limit;
		uint64_t base;
	} pointer = { .limit = sizeof(trap_table) - 1, .base = (uintptr_t)trap_table };
	unsigned i;

	for (i = 0; i < TRAP_VECTORS; i++) {
		uint64_t stub = (uintptr_t)trap_stubs[i];

		trap_table[i] = (struct trap_gate){ (uint16_t)stub, TRAP_CODE64, TRAP_GATE, (uint16_t)(stub >> 16), (uint32_t)(stub >> 32), 0 };
	}
	__asm__ volatile("lidt %0" : : "m"(pointer.limit), "m"(pointer), "m"(trap_table));
}
