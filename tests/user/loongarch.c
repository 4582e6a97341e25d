/* SPDX-License-Identifier: BSD-2-Clause */
/* The instructions of arch/loongarch in user mode. None of them traps. */
#include "io.h"
#include "memory.h"
#include "sb_loongarch.h"
#include "user.h"

#define CODE_BARRIER 0x38720000u /* dbar 0 */
#define CODE_RETURN 0x4c000020u
#define CODE_MOST 16u
#define HZ_OF_QEMU 100000000u /* by CPUCFG words 4 and 5 */
#define READS 100000u

int user_trap(const struct user_cpu *cpu)
{
	(void)cpu;
	return 0;
}

/* All 64 bits are those of the register: this machine is up for minutes. */
static void rdtime_goes_on(void)
{
	uint64_t before, now = 0;

	__asm__ volatile("rdtime.d %0, $zero" : "=r"(before) : : "memory");
	for (unsigned i = 0; i < READS && now <= before; i++)
		now = sb_loongarch_rdtime();
	CHECK(before && now > before);
	CHECK(now - before < HZ_OF_QEMU);
}

static void the_rate_is_told(void)
{
	CHECK(sb_loongarch_rdtime_hz() == HZ_OF_QEMU);
}

/* A barrier does not trap, so the code itself is looked at. */
static __attribute__((noinline)) void publishes(void)
{
	sb_io_publish();
}

static __attribute__((noinline)) void acquires(void)
{
	sb_io_acquire();
}

static int has_barrier(void (*function)(void))
{
	const uint32_t *code = (const uint32_t *)(uintptr_t)function;
	int found = 0;

	for (unsigned i = 0; i < CODE_MOST && code[i] != CODE_RETURN; i++)
		found |= code[i] == CODE_BARRIER;
	return found;
}

static void barriers(void)
{
	publishes();
	acquires();
	CHECK(has_barrier(publishes));
	CHECK(has_barrier(acquires));
	CHECK(!has_barrier(the_rate_is_told));
}

void user_main(void)
{
	RUN(memory);
	RUN(rdtime_goes_on);
	RUN(the_rate_is_told);
	RUN(barriers);
}
