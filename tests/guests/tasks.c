/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two tasks on a Cortex-M that preempt each other wherever SysTick falls. Both
 * call seedbed_random. The platform is the test's own, because its lock is
 * under test.
 *
 * WITHOUT_LOCK takes the lock away. The tasks then find the instance busy and
 * are refused. WITHOUT_BUSY takes that check away too. Then one task is served
 * a block that the other has.
 */
#include "board.h"
#include "cortex_m.h"
#include "io.h"
#include "stress.h"

#ifdef WITHOUT_LOCK
#define TASKS_READS 100000u /* the fault shows soon enough */
#else
#define TASKS_READS 1000000u
#endif

/*
 * DDI 0403, section B3.2.2: ICSR, VTOR. Section B3.3: SysTick. Table B3-4: the
 * priority of PendSV is the lowest.
 */
#define TASKS_ICSR 0xe000ed04u
#define TASKS_ICSR_PENDSVSET (1u << 28)
#define TASKS_VTOR 0xe000ed08u
#define TASKS_SHPR3 0xe000ed20u
#define TASKS_SHPR3_PENDSV_LOWEST (0xffu << 16)
#define TASKS_SYST_CSR 0xe000e010u
#define TASKS_SYST_RVR 0xe000e014u
#define TASKS_SYST_CVR 0xe000e018u
#define TASKS_PENDSV 14
#define TASKS_XPSR_THUMB 0x01000000u
/* RAM for all words, and for the second task's stack. A board says where. */
#ifndef TASKS_ROOM
#define TASKS_ROOM 0x21000000u /* 16 MB: application note AN385, memory map */
#endif
#define TASKS_STACK 4096

static struct stress_source tasks_source = { 0x123456789abcdef1u };
static volatile uint32_t tasks_switches, tasks_waits, tasks_done, tasks_served[2];
static uint32_t tasks_vectors[16 + CORTEX_M_IRQS] __attribute__((aligned(1024)));
uint32_t *tasks_other_sp; /* of the task that is not running */

/*
 * Only the main stack is used. PendSV has the lowest priority, so what it
 * interrupts is a task, and both tasks are gone back to in the same way (lr).
 */
__attribute__((naked)) static void tasks_switch(void)
{
	__asm__ volatile("push {r4-r11}\n\tldr r0, =tasks_other_sp\n\tldr r1, [r0]\n\tmov r2, "
			 "sp\n\tstr r2, [r0]\n\t"
			 "mov sp, r1\n\tpop {r4-r11}\n\tbx lr\n\t.ltorg");
}

static void tasks_yield(void)
{
	sb_io_write32(TASKS_ICSR, TASKS_ICSR_PENDSVSET);
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}

/* The time to the next switch changes each time, between 10 and 170 us. */
void cortex_m_interrupt(unsigned exception)
{
	static uint32_t period = 1;

	(void)exception;
	period ^= period << 13;
	period ^= period >> 17;
	period ^= period << 5;
	sb_io_write32(TASKS_SYST_RVR, 250 + (period & 4095));
	tasks_switches++;
	sb_io_write32(TASKS_ICSR, TASKS_ICSR_PENDSVSET);
}

#ifdef WITHOUT_LOCK
static void tasks_enter(void)
{
}

static void tasks_leave(void)
{
}
#else
static volatile uint32_t tasks_held;

static void tasks_enter(void)
{
	for (;;) {
		__asm__ volatile("cpsid i" : : : "memory");
		if (!tasks_held)
			break;
		__asm__ volatile("cpsie i" : : : "memory");
		tasks_waits++;
		tasks_yield();
	}
	tasks_held = 1;
	__asm__ volatile("cpsie i" : : : "memory");
}

static void tasks_leave(void)
{
	tasks_held = 0;
}
#endif

static const struct sb_source tasks_sources[] = { STRESS_SOURCE(&tasks_source) };

const struct sb_hal sb_platform = {
	.cycles = stress_no_counter,
	.enter = tasks_enter,
	.leave = tasks_leave,
	.sources = tasks_sources,
	.source_count = 1,
};

static uint64_t *tasks_words(unsigned task)
{
	return (uint64_t *)(uintptr_t)(TASKS_ROOM + TASKS_STACK) + task * (TASKS_READS / 2);
}

static void tasks_read(unsigned task)
{
	uint64_t *words = tasks_words(task);
	uint8_t block[16];

	for (uint32_t i = 0; i < TASKS_READS / 2; i++) {
#ifdef WITHOUT_BUSY
		stress_not_inside(seedbed_shared());
#endif
		if (seedbed_random(block, sizeof block) == SB_OK)
			words[tasks_served[task]++] = stress_word(block);
	}
	tasks_done++;
}

static void tasks_second(void)
{
	tasks_read(1);
	for (;;)
		tasks_yield();
}

static void tasks_start(void)
{
	/*
	 * r4 to r11, then what the exception stacks: r0 to r3, r12, lr, pc and
	 * xpsr.
	 */
	uint32_t *frame = (uint32_t *)(uintptr_t)(TASKS_ROOM + TASKS_STACK) - 16;

	frame[14] = (uint32_t)(uintptr_t)tasks_second & ~1u;
	frame[15] = TASKS_XPSR_THUMB;
	tasks_other_sp = frame;
	for (uint32_t i = 0; i < 16 + CORTEX_M_IRQS; i++)
		tasks_vectors[i] = sb_io_read32(sb_io_read32(TASKS_VTOR) + i * 4);
	tasks_vectors[TASKS_PENDSV] = (uint32_t)(uintptr_t)tasks_switch;
	sb_io_write32(TASKS_VTOR, (uint32_t)(uintptr_t)tasks_vectors);
	sb_io_write32(TASKS_SHPR3, TASKS_SHPR3_PENDSV_LOWEST);
	sb_io_write32(TASKS_SYST_RVR, 2500);
	sb_io_write32(TASKS_SYST_CVR, 0);
	sb_io_write32(TASKS_SYST_CSR, 7);
}

int main(void)
{
	uint32_t served;
	size_t twice;

	tasks_start();
	tasks_read(0);
	while (tasks_done < 2)
		tasks_yield();
	sb_io_write32(TASKS_SYST_CSR, 0);
	served = tasks_served[0] + tasks_served[1];
	for (uint32_t i = 0; i < tasks_served[1]; i++)
		tasks_words(0)[tasks_served[0] + i] = tasks_words(1)[i];
	twice = stress_twice(tasks_words(0), served);
	stress_say("reads", TASKS_READS);
	stress_say("switches", tasks_switches);
	stress_say("waits", tasks_waits);
	stress_say("refused", TASKS_READS - served);
	stress_say("twice", twice);
	return twice || served < TASKS_READS || tasks_switches < 100;
}
