/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instructions of arch/power in user mode, on a POWER8, which has no darn.
 * This program answers those that trap: darn, and the read of the MSR.
 */
#include "io.h"
#include "memory.h"
#include "sb_power.h"
#include "user.h"

/* Power ISA 3.0B: DARN and MFMSR, without the register at bit 21. */
#define DARN 0x7c0005e6u
#define DARN_L(code) ((code) >> 16 & 3)
#define MFMSR 0x7c0000a6u
#define REGISTER(code) ((code) >> 21 & 31)
#define MSR_S 0x400000u

static struct {
	unsigned darns, errors; /* so many answers are errors at first */
	uint64_t number;        /* the next answer; each byte counts up by 8 */
	uint64_t msr;
} trapped;

static int answer_darn(uint32_t code, uint64_t *reg)
{
	if (DARN_L(code) != 1)
		return 0;
	trapped.darns++;
	if (trapped.errors) {
		trapped.errors--;
		*reg = UINT64_MAX;
		return 1;
	}
	*reg = trapped.number;
	trapped.number += 0x0808080808080808;
	return 1;
}

int user_trap(const struct user_cpu *cpu)
{
	uint32_t code = *(const uint32_t *)(uintptr_t)*cpu->pc;
	uint64_t *reg = cpu->reg[REGISTER(code)];

	*cpu->pc += 4;
	if ((code & 0xfc1cffffu) == DARN)
		return answer_darn(code, reg);
	if ((code & 0xfc1fffffu) != MFMSR)
		return 0;
	*reg = trapped.msr;
	return 1;
}

static struct sb_power_cpu cpu = { .darn = 1, .msr = sb_power_msr };
static const struct sb_source row = SB_POWER_DARN(&cpu);
static uint8_t buf[70];

static void start(unsigned errors)
{
	trapped.darns = 0;
	trapped.errors = errors;
	trapped.number = 0x0706050403020100;
}

static void the_word_is_a_conditioned_one(void)
{
	start(0);
	CHECK(sb_power_darn_word() == 0x0706050403020100);
	start(1);
	CHECK(sb_power_darn_word() == UINT64_MAX);
	CHECK(trapped.darns == 1);
}

static void bytes_of_a_source(void)
{
	for (size_t len = 1; len <= 64; len++) {
		start(0);
		CHECK(row.driver->read(row.ctx, buf, len) == (int)len);
		CHECK(trapped.darns == (len + 7) / 8);
		for (size_t i = 0; i < len; i++)
			CHECK(buf[i] == i);
	}
}

static void errors_of_a_source(void)
{
	start(9);
	CHECK(row.driver->read(row.ctx, buf, 8) == 8 && trapped.darns == 10);
	start(1000);
	CHECK(row.driver->read(row.ctx, buf, 64) == SB_EAGAIN && trapped.darns == 10);
}

static void told_or_not_it_is_not_tried(void)
{
	start(0);
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	cpu.darn = 0;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	CHECK(trapped.darns == 0);
	cpu.darn = 1;
}

static void the_msr_tells_of_an_ultravisor(void)
{
	trapped.msr = 0x8000000000001003;
	CHECK(sb_power_msr() == trapped.msr);
	CHECK(sb_power_distrust(&cpu) == 0);
	trapped.msr |= MSR_S;
	CHECK(sb_power_distrust(&cpu) == (SB_HOST | SB_TIMING));
}

static void the_time_base_goes_on(void)
{
	uint64_t before = sb_power_timebase(), after = before;

	for (unsigned polls = 0; polls < 1000000 && after == before; polls++)
		after = sb_power_timebase();
	CHECK(before && before < after && after - before < (uint64_t)1 << 40);
}

void user_main(void)
{
	RUN(memory);
	RUN(the_word_is_a_conditioned_one);
	RUN(bytes_of_a_source);
	RUN(errors_of_a_source);
	RUN(told_or_not_it_is_not_tried);
	RUN(the_msr_tells_of_an_ultravisor);
	RUN(the_time_base_goes_on);
}
