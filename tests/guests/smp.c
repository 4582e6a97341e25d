/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Four CPUs of an x86-64 machine, each with an instance that seedbed_split
 * made, and 10^6 reads for each CPU. Their sources are alike and their counter
 * stands still, so only the split keeps them apart. Then one CPU reads alone,
 * and the times are compared.
 *
 * COPIES: the instances are copied instead, and told their new address.
 */
#include "board.h"
#include "io.h"
#include "sb_x86.h"
#include "stress.h"

#define SMP_CPUS 4
#ifdef COPIES
#define SMP_READS 20000u /* the fault shows soon enough */
#else
#define SMP_READS 1000000u
#endif
#define SMP_ALONE (SMP_READS / 4)
/* 32 MB of RAM that nothing else uses: -m 128 */
#define SMP_WORDS ((uint64_t *)0x4000000)
#define SMP_PAGE 0x8000
#define SMP_START_POLLS 1000000000u

/*
 * The local APIC, Intel SDM volume 3, sections 9.4.4.1 and 11.6: INIT, then a
 * start-up IPI, to all but this CPU.
 */
#define SMP_APIC_COMMAND 0xfee00300u
#define SMP_APIC_SPURIOUS 0xfee000f0u
#define SMP_APIC_INIT 0xc4500u
#define SMP_APIC_STARTUP (0xc4600u | SMP_PAGE >> 12)

struct __attribute__((packed)) smp_state {
	uint64_t stack;
	uint32_t cr0, cr3, cr4;
	uint8_t gdt[10], idt[10];
};

extern const uint8_t smp_page[], smp_page_end[], smp_stack[];
void smp_main(void);

/* Each stack grows down from the beginning of the next. */
static uint8_t smp_stacks[SMP_CPUS + 1][16384] __attribute__((aligned(16)));
static struct stress_source smp_source[SMP_CPUS + 1];
static struct sb_source smp_sources[SMP_CPUS + 1];
static struct sb_hal smp_hal[SMP_CPUS + 1];
static struct seedbed smp_parent;
/* No cache line is shared by two CPUs. */
static struct {
	struct seedbed bed;
} __attribute__((aligned(64))) smp_cpu[SMP_CPUS];
static volatile uint32_t smp_started, smp_go, smp_done;
static uint32_t smp_failed[SMP_CPUS];

/* Waits until another CPU has changed a word. */
static int smp_reaches(const volatile uint32_t *what, uint32_t value)
{
	uint32_t polls = SMP_START_POLLS;

	while (*what < value && --polls)
		sb_io_relax();
	return polls != 0;
}

static void smp_add(volatile uint32_t *what)
{
	__atomic_fetch_add(what, 1, __ATOMIC_SEQ_CST);
}

/* The first eight bytes of each block. */
static void smp_reads(unsigned cpu, uint32_t n)
{
	uint8_t block[32];
	uint32_t failed = 0;

	for (uint32_t i = 0; i < n; i++) {
		failed += seedbed_read(&smp_cpu[cpu].bed, block, sizeof block) != SB_OK;
		SMP_WORDS[(size_t)cpu * SMP_READS + i] = stress_word(block);
	}
	smp_failed[cpu] += failed;
}

/*
 * The main function of the other CPUs. Each takes the stack that was left for
 * it, and leaves one for the next.
 */
void smp_main(void)
{
	unsigned cpu = __atomic_add_fetch(&smp_started, 1, __ATOMIC_SEQ_CST);
	volatile uint64_t *stack =
		(volatile uint64_t *)(uintptr_t)(SMP_PAGE + (smp_stack - smp_page));

	if (cpu + 1 < SMP_CPUS)
		*stack = (uintptr_t)smp_stacks[cpu + 2];
	while (!smp_go)
		sb_io_relax();
	smp_reads(cpu, SMP_READS);
	smp_add(&smp_done);
}

static int smp_start(void)
{
	struct smp_state *state =
		(struct smp_state *)(uintptr_t)(SMP_PAGE + (smp_stack - smp_page));
	uint64_t cr0, cr3, cr4;

	for (size_t i = 0; i < (size_t)(smp_page_end - smp_page); i++)
		((volatile uint8_t *)SMP_PAGE)[i] = smp_page[i];
	__asm__ volatile("mov %%cr0, %0; mov %%cr3, %1; mov %%cr4, %2"
			 : "=r"(cr0), "=r"(cr3), "=r"(cr4));
	state->cr0 = (uint32_t)cr0;
	state->cr3 = (uint32_t)cr3;
	state->cr4 = (uint32_t)cr4;
	__asm__ volatile("sgdt %0" : "=m"(state->gdt));
	__asm__ volatile("sidt %0" : "=m"(state->idt));
	state->stack = (uintptr_t)smp_stacks[2];
	sb_io_write32(SMP_APIC_SPURIOUS, 0x1ff);
	sb_io_write32(SMP_APIC_COMMAND, SMP_APIC_INIT);
	for (uint32_t i = 0; i < 1000000; i++)
		sb_io_relax();
	sb_io_write32(SMP_APIC_COMMAND, SMP_APIC_STARTUP);
	return smp_reaches(&smp_started, SMP_CPUS - 1);
}

static int smp_instances(void)
{
	int result;

	for (unsigned i = 0; i <= SMP_CPUS; i++) {
		smp_source[i].state = 0x123456789abcdef1u;
		smp_sources[i] = (struct sb_source)STRESS_SOURCE(&smp_source[i]);
		smp_hal[i] = (struct sb_hal){ .cycles = stress_no_counter,
					      .sources = &smp_sources[i],
					      .source_count = 1 };
	}
	result = stress_ready(&smp_parent, &smp_hal[SMP_CPUS]);
	for (unsigned i = 0; i < SMP_CPUS && result == SB_OK; i++) {
#ifdef COPIES
		smp_cpu[i].bed = smp_parent;
		smp_cpu[i].bed.hal = &smp_hal[i];
		stress_not_inside(&smp_cpu[i].bed);
#else
		result = seedbed_split(&smp_cpu[i].bed, &smp_parent, &smp_hal[i]);
#endif
	}
	return result;
}

int main(void)
{
	uint64_t begin, all, one;
	uint32_t failed = 0;
	size_t twice;

	if (smp_instances() != SB_OK || !smp_start()) {
		stress_say("started", smp_started);
		return 2;
	}
	begin = sb_x86_tsc();
	smp_go = 1;
	smp_reads(0, SMP_READS);
	if (!smp_reaches(&smp_done, SMP_CPUS - 1))
		return 3;
	all = sb_x86_tsc() - begin;
	twice = stress_twice(SMP_WORDS, (size_t)SMP_CPUS * SMP_READS);
	begin = sb_x86_tsc();
	smp_reads(0, SMP_ALONE);
	one = (sb_x86_tsc() - begin) * (SMP_READS / SMP_ALONE);
	for (unsigned i = 0; i < SMP_CPUS; i++)
		failed += smp_failed[i];
	stress_say("cpus", smp_started + 1);
	stress_say("reads", (uint64_t)SMP_CPUS * SMP_READS);
	stress_say("failed", failed);
	stress_say("twice", twice);
	stress_say("speed-up-percent", one * SMP_CPUS * 100 / all);
	return twice || failed;
}
