/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A timer interrupts code that uses the registers of SIMD on 64-bit Arm, and
 * its handler reads. The code must find each register as it was, to its full
 * width: V, or Z where there is SVE, which is enabled here. The code is a loop
 * with a value of its own in each register, and then another keystream, whose
 * answer must be right. Each keystream of the table has its turn. Prints a line
 * for each:
 *
 *	kept NAME, LOST NAME, or lacks NAME: it is not for this CPU
 *
 * HALVES: keystreams that save V alone run where there is SVE. The guest
 * `saves_none` is this file with keystreams that save nothing.
 */
#include "core.h"
#include "print.h"
#include "sb_aarch64_saved.h"
#include "stress.h"
#include "wfi.h"

#define SAVES_NS 100000 /* from the end of a handler on */
#define SAVES_ROUNDS 40
#define SAVES_READ 1024  /* at most, so that loops for long outputs run */
#define SAVES_WIDEST 256 /* bytes of a Z register */

#define SAVES_CPACR_ZEN 0x30000u /* SVE does not trap */
#define SAVES_ZCR_LONGEST 15u
#define SAVES_PFR0_SVE_SHIFT 32

static struct stress_source saves_source = { 0x123456789abcdef1u };
static struct seedbed saves_bed;
static unsigned saves_way;
static size_t saves_width = 16; /* bytes of a register */
static volatile uint32_t saves_reads, saves_failed;

/* saves_aarch64.S */
typedef void saves_around(const uint8_t *before, uint8_t *after, volatile uint32_t *count);
saves_around saves_v, saves_z;
extern const char saves_vectors[];
void saves_tick(void);

/* In place of the best one: this guest is linked with --wrap. */
unsigned __wrap_sb_stream_choose(void);
unsigned __wrap_sb_stream_choose(void)
{
	return saves_way;
}

void saves_tick(void)
{
	static uint8_t block[SAVES_READ];
	uint32_t len = saves_reads * 37 % SAVES_READ + 1;

	(void)wfi_taken();
	saves_failed += seedbed_read(&saves_bed, block, len) != SB_OK;
	saves_reads++;
	wfi_alarm(SAVES_NS);
}

static void saves_enable_sve(void)
{
	uint64_t pfr0, cpacr, bytes;

	__asm__ volatile("mrs %0, id_aa64pfr0_el1\n\tmrs %1, cpacr_el1" : "=r"(pfr0), "=r"(cpacr));
	if (!(pfr0 >> SAVES_PFR0_SVE_SHIFT & 15))
		return;
	__asm__ volatile(".arch_extension sve\n\t"
			 "msr cpacr_el1, %1\n\tisb\n\tmsr zcr_el1, %2\n\tisb\n\trdvl %0, #1"
			 : "=r"(bytes)
			 : "r"(cpacr | SAVES_CPACR_ZEN), "r"((uint64_t)SAVES_ZCR_LONGEST));
	saves_width = (size_t)bytes;
}

/* Whether the code found each register as it was. */
static int saves_found(void)
{
	static uint8_t before[32 * SAVES_WIDEST], after[32 * SAVES_WIDEST];

	for (size_t i = 0; i < sizeof before; i++)
		before[i] = (uint8_t)(i * 151 + i / 64 + saves_reads);
	(saves_width > 16 ? saves_z : saves_v)(before, after, &saves_reads);
	return memcmp(before, after, 32 * saves_width) == 0;
}

/* Whether a keystream that was interrupted has the right answer. */
static int saves_answer(void)
{
	uint32_t before = saves_reads;
	int right = 1;

	while (saves_reads - before < SAVES_ROUNDS && right)
		right = sb_stream_known(saves_way);
	return right;
}

static int saves_try(unsigned way, const struct sb_hal *hal)
{
	int kept = 1;

	saves_way = way;
	if (stress_ready(&saves_bed, hal) != SB_OK)
		return 0;
	wfi_alarm(SAVES_NS);
	__asm__ volatile("msr daifclr, #2" : : : "memory");
	for (int round = 0; round < SAVES_ROUNDS && kept; round++)
		kept = saves_found();
	kept = saves_answer() && kept;
	__asm__ volatile("msr daifset, #2" : : : "memory");
	return kept && !saves_failed;
}

static uint32_t saves_facts(void)
{
	uint32_t facts = sb_keystream_facts();

#ifdef HALVES
	facts ^= SB_AARCH64_V | SB_AARCH64_SVE;
#endif
	return facts;
}

int main(void)
{
	const struct sb_source source = STRESS_SOURCE(&saves_source);
	const struct sb_hal hal = { .cycles = stress_no_counter,
				    .sources = &source,
				    .source_count = 1 };
	uint32_t facts;
	int lost = 0;

	saves_enable_sve();
	facts = saves_facts();
	stress_say("width", saves_width);
	__asm__ volatile("msr vbar_el1, %0\n\tisb" : : "r"(saves_vectors) : "memory");
	for (unsigned way = 1; sb_keystreams[way - 1]; way++) {
		int able = !(sb_keystreams[way - 1]->needs & ~facts);
		int kept = able && saves_try(way, &hal);

		lost |= able && !kept;
		print_text(kept ? "kept " : able ? "LOST " : "lacks ");
		print_text(sb_keystreams[way - 1]->name);
		print_text("\n");
	}
	stress_say("reads", saves_reads);
	stress_say("failed", saves_failed);
	return lost || !saves_reads;
}
