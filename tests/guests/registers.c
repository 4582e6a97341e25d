/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A timer interrupts code that uses the registers of SIMD, and its handler
 * reads. The code must find each register as it was, to its full width. The
 * code is a loop with a value of its own in each register, and then another
 * keystream, whose answer must be right. Each keystream of the board's table
 * has its turn. Prints a line for each:
 *
 *	kept NAME, LOST NAME, or lacks NAME: this CPU does not compute it
 *
 * HALVES: the handler loses the upper halves of YMM. The guest `unsaved` is
 * this file with keystreams that save nothing.
 */
#include "board.h"
#include "io.h"
#include "print.h"
#include "registers.h"
#include "sb_keystreams.h"
#include "sb_x86.h"
#include "stream.h"
#include "stress.h"
#include "x86.h"

/* Intel SDM volume 3, sections 11.4 to 11.8 */
#define REGISTERS_APIC 0xfee00000u
#define REGISTERS_APIC_EOI (REGISTERS_APIC + 0x0b0)
#define REGISTERS_APIC_SPURIOUS (REGISTERS_APIC + 0x0f0)
#define REGISTERS_APIC_ENABLED 0x1ffu
#define REGISTERS_APIC_TIMER (REGISTERS_APIC + 0x320)
#define REGISTERS_APIC_COUNT (REGISTERS_APIC + 0x380)
#define REGISTERS_APIC_DIVIDE (REGISTERS_APIC + 0x3e0)
#define REGISTERS_APIC_BY_1 0xbu
#define REGISTERS_TICKS 100003 /* 100 us, from the end of a handler on */
#define REGISTERS_VECTOR 0x40u
#define REGISTERS_ROUNDS 40
#define REGISTERS_READ 1024 /* at most, so that loops for long outputs run */

static struct stress_source registers_source = { 0x123456789abcdef1u };
static struct seedbed registers_bed;
static volatile uint32_t registers_reads, registers_failed;
static unsigned registers_way;
static uint32_t registers_width; /* bytes of a register that the CPU has */

/* In place of the best one: this guest is linked with --wrap. */
unsigned __wrap_sb_stream_choose(void);
unsigned __wrap_sb_stream_choose(void)
{
	return registers_way;
}

void registers_tick(void)
{
	static uint8_t block[REGISTERS_READ];
	uint32_t len = registers_reads * 37 % REGISTERS_READ + 1;

	registers_failed += seedbed_read(&registers_bed, block, len) != SB_OK;
	registers_reads++;
#ifdef HALVES
	if (registers_width > 16)
		__asm__ volatile("vzeroupper");
#endif
	sb_io_write32(REGISTERS_APIC_EOI, 0);
	sb_io_write32(REGISTERS_APIC_COUNT, REGISTERS_TICKS);
}

static void registers_start(void)
{
	for (unsigned vector = 32; vector < 256; vector++)
		x86_trap_gate(vector, (uintptr_t)registers_entry);
	sb_io_out8(0x21, 0xff); /* 8259: all masked; microvm may have none */
	sb_io_out8(0xa1, 0xff);
	sb_io_write32(REGISTERS_APIC_SPURIOUS, REGISTERS_APIC_ENABLED);
	sb_io_write32(REGISTERS_APIC_DIVIDE, REGISTERS_APIC_BY_1);
	sb_io_write32(REGISTERS_APIC_TIMER, REGISTERS_VECTOR);
	sb_io_write32(REGISTERS_APIC_COUNT, REGISTERS_TICKS);
}

/* What XCR0 enables, or the least. */
static void registers_look(void)
{
	uint32_t reg[4], low, high;

	registers_width = 16;
	sb_x86_cpuid(1, 0, reg);
	if (!(reg[2] & 1u << 27)) /* OSXSAVE */
		return;
	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	registers_width = low & 0xe0 ? 64 : low & 4 ? 32 : 16;
}

static void registers_wait(void)
{
	uint32_t before = registers_reads;

	while (registers_reads == before)
		sb_io_relax();
}

/* Whether the code found each register as it was. */
static int registers_found(void)
{
	static struct registers before, after;
	uint8_t *bytes = (uint8_t *)&before;
	uint32_t wrong = 0, numbers = registers_width == 64 ? 32 : 16;

	for (size_t i = 0; i < sizeof before; i++)
		bytes[i] = (uint8_t)(i * 151 + i / 64 + registers_reads);
	(registers_width == 64   ? registers_zmm
	 : registers_width == 32 ? registers_ymm
				 : registers_xmm)(&before, &after, registers_wait);
	for (uint32_t n = 0; n < numbers; n++)
		for (uint32_t i = 0; i < registers_width; i++)
			wrong |= before.vector[n][i] ^ after.vector[n][i];
	for (int n = 0; n < 8 && registers_width == 64; n++)
		wrong |= before.mask[n] != after.mask[n];
	return !wrong;
}

/* Whether a keystream that was interrupted has the right answer. */
static int registers_answer(void)
{
	uint32_t before = registers_reads;
	int right = 1;

	while (registers_reads - before < REGISTERS_ROUNDS && right)
		right = sb_stream_known(registers_way);
	return right;
}

static int registers_try(unsigned way, const struct sb_hal *hal)
{
	int kept = 1;

	registers_way = way;
	if (stress_ready(&registers_bed, hal) != SB_OK)
		return 0;
	__asm__ volatile("sti" : : : "memory");
	for (int round = 0; round < REGISTERS_ROUNDS && kept; round++)
		kept = registers_found();
	kept = registers_answer() && kept;
	__asm__ volatile("cli" : : : "memory");
	return kept && !registers_failed;
}

int main(void)
{
	const struct sb_source source = STRESS_SOURCE(&registers_source);
	const struct sb_hal hal = { .cycles = stress_no_counter,
				    .sources = &source,
				    .source_count = 1 };
	uint32_t facts = sb_keystream_facts();
	int lost = 0;

	registers_look();
	stress_say("width", registers_width);
	registers_start();
	for (unsigned way = 1; sb_keystreams[way - 1]; way++) {
		/* QEMU 7.2 has VAES and computes it wrongly. */
		int able = !(sb_keystreams[way - 1]->needs & ~facts) && sb_stream_known(way);
		int kept = able && registers_try(way, &hal);

		lost |= able && !kept;
		print_text(kept ? "kept " : able ? "LOST " : "lacks ");
		print_text(sb_keystreams[way - 1]->name);
		print_text("\n");
	}
	stress_say("reads", registers_reads);
	stress_say("failed", registers_failed);
	return lost || !registers_reads;
}
