/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Faults on purpose. The board must print one line, then end with 1.
 * IN_WRITE: board_write faults as well, each time, while that line is printed.
 * IN_END: it faults each time the line [exit N] is printed. Then the board must
 * end with 1 and print nothing more. OVERFLOW: the fault is a full stack, for a
 * board whose stack has an end. STACK_FAR, STACK_NOWHERE: the stack pointer is
 * broken as well. It points where nothing is mapped, or where no memory is. The
 * linker puts the function below before the board's own (--wrap).
 */
#include <stdint.h>
#include <string.h>
#include "board.h"

#ifdef IN_END
#define FAULT_IN_END 1
#else
#define FAULT_IN_END 0
#endif
#ifdef IN_WRITE
#define FAULT_IN_WRITE 1
#else
#define FAULT_IN_WRITE 0
#endif

int main(void);
void __real_board_write(const char *text, size_t len);
void __wrap_board_write(const char *text, size_t len);

static volatile unsigned fault_writes; /* since main began to fault */

void __wrap_board_write(const char *text, size_t len)
{
	int ends = len > 5 && memcmp(text, "[exit", 5) == 0;

	/* the first of a line is let through, so that a second fault is seen */
	if ((FAULT_IN_END && ends) || (FAULT_IN_WRITE && fault_writes && fault_writes++ > 1))
		__builtin_trap();
	__real_board_write(text, len);
}

/* not canonical on x86-64, beyond all tables on arm64 */
#define FAULT_FAR ((uintptr_t)1 << (sizeof(uintptr_t) * 8 - 2))
/* within what each board maps, above the RAM that its machines have */
#define FAULT_NOWHERE 0xb0000000u

__attribute__((unused)) static int fault_on(uintptr_t stack)
{
#if defined(__x86_64__)
	__asm__ volatile("movq %0, %%rsp\n\tud2" : : "r"(stack) : "memory");
#elif defined(__i386__)
	__asm__ volatile("movl %0, %%esp\n\tud2" : : "r"(stack) : "memory");
#elif defined(__aarch64__) || defined(__arm__)
	__asm__ volatile("mov sp, %0\n\tudf #0" : : "r"(stack) : "memory");
#elif defined(__powerpc64__)
	__asm__ volatile("mr 1, %0\n\ttrap" : : "r"(stack) : "memory");
#elif defined(__loongarch__)
	__asm__ volatile("move $sp, %0\n\tbreak 0" : : "r"(stack) : "memory");
#elif defined(__riscv)
	__asm__ volatile("mv sp, %0\n\tunimp" : : "r"(stack) : "memory");
#elif defined(__s390x__)
	__asm__ volatile("lgr %%r15, %0\n\t.short 0" : : "r"(stack) : "memory");
#elif defined(__mips__)
	__asm__ volatile("move $29, %0\n\tbreak" : : "r"(stack) : "memory");
#else
#error "how does this ISA break its stack pointer?"
#endif
	return 0;
}

#ifdef OVERFLOW
#define FAULT() fault_deeper(0)
/* Never reached: compilers warn of a recursion that has no end. */
static volatile unsigned fault_deepest = 1u << 31;

static int fault_deeper(unsigned depth)
{
	volatile unsigned room[64];

	room[depth % 64] = depth;
	if (depth == fault_deepest)
		return 0;
	return fault_deeper(depth + 1) + (int)room[0];
}
#elif defined(STACK_FAR)
#define FAULT() fault_on(FAULT_FAR)
#elif defined(STACK_NOWHERE)
#define FAULT() fault_on(FAULT_NOWHERE)
#else
#define FAULT() __builtin_trap()
#endif

int main(void)
{
	__wrap_board_write("faults on purpose\n", 18);
	fault_writes = 1;
	if (!FAULT_IN_END)
		(void)FAULT();
	return 0;
}
