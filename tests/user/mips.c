/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instructions of arch/mips in user mode, where those of CP0 and CACHE
 * trap. This program answers them.
 */
#include "io.h"
#include "memory.h"
#include "sb_mips.h"
#include "user.h"

#define CACHE 0x2fu /* the opcode, bits 31 to 26 */
#define CACHE_HIT_WRITEBACK_INVALIDATE_D 0x15u
#define CODE_MFC0 0x40000000u /* rt, rd, select */
#define CODE_MFC0_MASK 0xffe007f8u
#define CODE_SYNC 0x0000000fu
#define COUNT 9u    /* rd */
#define CONFIG1 16u /* rd, with select 1 */
#define FLUSHES 8

static struct {
	uint32_t count, config1;
	unsigned counts, configs;
	uint32_t flushed[FLUSHES];
	unsigned flushes;
} trapped;

static int answer_register(uint32_t code, uint64_t *reg)
{
	uint32_t number = code >> 11 & 31, select = code & 7;

	if (number == COUNT && select == 0) {
		trapped.counts++;
		*reg = trapped.count;
	} else if (number == CONFIG1 && select == 1) {
		trapped.configs++;
		*reg = trapped.config1;
	} else {
		return 0;
	}
	return 1;
}

int user_trap(const struct user_cpu *cpu)
{
	uint32_t code = *(const uint32_t *)(uintptr_t)*cpu->pc;

	*cpu->pc += 4;
	if ((code & CODE_MFC0_MASK) == CODE_MFC0)
		return answer_register(code, cpu->reg[code >> 16 & 31]);
	if (code >> 26 != CACHE || (code >> 16 & 31) != CACHE_HIT_WRITEBACK_INVALIDATE_D)
		return 0;
	CHECK(trapped.flushes < FLUSHES && (code & 0xffff) == 0);
	trapped.flushed[trapped.flushes++] = (uint32_t)*cpu->reg[code >> 21 & 31];
	return 1;
}

static void all_bits_of_count(void)
{
	trapped.count = 0x80000001;
	CHECK(sb_mips_count() == 0x80000001);
	trapped.count = 0xffffffff;
	CHECK(sb_mips_count() == 0xffffffff);
	CHECK(trapped.counts == 2);
}

static void the_line_of_config1(void)
{
	static const struct {
		uint32_t config1;
		size_t line;
	} known[] = { { 0, 0 },        { 0xffffe3ff, 0 }, /* all but DL */
		      { 1u << 10, 4 }, { 4u << 10, 32 },  { 7u << 10, 256 }, { 0xffffffff, 256 } };

	for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++) {
		trapped.config1 = known[i].config1;
		CHECK(sb_mips_line() == known[i].line);
	}
	CHECK(trapped.configs == sizeof known / sizeof known[0]);
}

static int flushes(uint32_t at, size_t len, size_t line, unsigned count, uint32_t first)
{
	int right;

	trapped.flushes = 0;
	sb_mips_flush((const void *)at, len, line);
	right = trapped.flushes == count;
	for (unsigned i = 0; i < trapped.flushes; i++)
		right &= trapped.flushed[i] == first + i * line;
	return right;
}

static void each_line_once(void)
{
	CHECK(flushes(0x1000, 32, 32, 1, 0x1000));
	CHECK(flushes(0x1000, 33, 32, 2, 0x1000));
	CHECK(flushes(0x1000, 1, 32, 1, 0x1000));
	CHECK(flushes(0x101f, 1, 32, 1, 0x1000));
	CHECK(flushes(0x101f, 2, 32, 2, 0x1000));
	CHECK(flushes(0x101f, 34, 32, 3, 0x1000));
	CHECK(flushes(0x1001, 31, 32, 1, 0x1000));
	CHECK(flushes(0x1001, 32, 32, 2, 0x1000));
	CHECK(flushes(0x1001, 3, 1, 3, 0x1001));
	CHECK(flushes((uint32_t)-32, 32, 32, 1, (uint32_t)-32));
	CHECK(flushes(0x1000, 0, 32, 0, 0));
	CHECK(flushes(0x101f, 64, 0, 0, 0));
}

/* A barrier does not trap, so the code itself is looked at. */
static unsigned barriers(const void *from, unsigned words)
{
	const uint32_t *code = from;
	unsigned found = 0;

	for (unsigned i = 0; i < words; i++)
		found += code[i] == CODE_SYNC;
	return found;
}

static void publish(void)
{
	sb_io_publish();
}

static void acquire(void)
{
	sb_io_acquire();
}

static void each_barrier_is_there(void)
{
	CHECK(barriers((const void *)publish, 1) == 1);
	CHECK(barriers((const void *)acquire, 1) == 1);
	CHECK(barriers((const void *)sb_mips_flush, 40) == 2);
}

void user_main(void)
{
	RUN(memory);
	RUN(all_bits_of_count);
	RUN(the_line_of_config1);
	RUN(each_line_once);
	RUN(each_barrier_is_there);
}
