/* SPDX-License-Identifier: BSD-2-Clause */
/* The counters of arch/cortex-m, whose registers are plain memory here. */
#include "io.h"
#include "sb_cortex_m.h"
#include "memory.h"
#include "user.h"

#define CYCCNT (*(volatile uint32_t *)0xe0001004u)
#define CVR (*(volatile uint32_t *)0xe000e018u)

int user_trap(const struct user_cpu *cpu)
{
	(void)cpu;
	return 0;
}

static void cycles_are_what_the_register_holds(void)
{
	static const uint32_t values[] = { 0, 1, 0x7fffffff, 0x80000000, 0xffffffff };

	for (unsigned i = 0; i < sizeof values / sizeof *values; i++) {
		CYCCNT = values[i];
		CHECK(sb_dwt_cycles() == values[i]);
	}
}

/* It counts down, and the negated value counts up through 24 bits. */
static void the_timer_counts_up(void)
{
	CVR = 0;
	CHECK(sb_systick_cycles() == 0);
	CVR = SB_SYSTICK_RELOAD;
	CHECK(sb_systick_cycles() == 1);
	CVR = SB_SYSTICK_RELOAD - 1;
	CHECK(sb_systick_cycles() == 2);
	CVR = 1;
	CHECK(sb_systick_cycles() == SB_SYSTICK_RELOAD);
	CHECK(SB_SYSTICK_RELOAD == 0xffffff);
}

void user_main(void)
{
	user_page(0xe0001000u, USER_WRITABLE);
	user_page(0xe000e000u, USER_WRITABLE);
	RUN(cycles_are_what_the_register_holds);
	RUN(the_timer_counts_up);
	RUN(memory);
}
