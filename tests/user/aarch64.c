/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instructions of arch/aarch64 at EL0, on a CPU without FEAT_RNG. This
 * program answers those that trap: RNDR, RNDRRS, SMC, and the accesses to a
 * device.
 */
#include "io.h"
#include "sb_aarch64.h"
#include "user.h"
#include "words.h"

/* What trapped. */
static struct {
	unsigned rndr, rndrrs;
	uint64_t at, value; /* of an access to the device */
	unsigned bytes, wrote;
} trapped;

#define ZERO_FLAG (1u << 30)
#define OTHER_FLAGS (11u << 28)
#define LOST 0xeeeeeeeeeeeeeeeeu

/* A number leaves NZCV 0000, and none leaves 0100. */
static void answer_random(const struct user_cpu *cpu, uint64_t *reg, unsigned calls)
{
	*cpu->flags = (*cpu->flags & ~(uint64_t)OTHER_FLAGS) | ZERO_FLAG;
	/* the first editions of the manual say UNKNOWN of a failed one */
	if (words_answer(reg, calls))
		*cpu->flags &= ~(uint64_t)ZERO_FLAG;
}

/* SMC Calling Convention: x0 to x3 are the answer, and x4 to x17 are lost. */
static void answer_smc(const struct user_cpu *cpu)
{
	for (unsigned i = 0; i < 4; i++)
		*cpu->reg[i] = ~*cpu->reg[i];
	for (unsigned i = 4; i < 18; i++)
		*cpu->reg[i] = LOST;
}

/* LDR and STR of a general register, with an offset or none: Arm ARM, DDI 0487,
   section C4.1.88. */
static int answer_access(const struct user_cpu *cpu, uint32_t code)
{
	if ((code & 0x3f000000u) != 0x39000000u || (code >> 22 & 3) > 1)
		return 0;
	trapped.bytes = 1u << (code >> 30);
	trapped.at = cpu->fault;
	trapped.wrote = !(code >> 22 & 1);
	if (trapped.wrote)
		trapped.value = *cpu->reg[code & 31];
	else
		*cpu->reg[code & 31] = trapped.value;
	return 1;
}

int user_trap(const struct user_cpu *cpu)
{
	uint32_t code = *(const uint32_t *)(uintptr_t)*cpu->pc;

	*cpu->pc += 4;
	if ((code & ~31u) == 0xd53b2400u)
		answer_random(cpu, cpu->reg[code & 31], ++trapped.rndr);
	else if ((code & ~31u) == 0xd53b2420u)
		answer_random(cpu, cpu->reg[code & 31], ++trapped.rndrrs);
	else if (code == 0xd4000003u)
		answer_smc(cpu);
	else
		return answer_access(cpu, code);
	return 1;
}

static uint64_t isar0_value;

static uint64_t isar0(void)
{
	return isar0_value;
}

static const struct sb_aarch64_cpu cpu = { .isar0 = isar0 };
static const struct sb_source rndr_row = SB_AARCH64_RNDR(&cpu),
			      rndrrs_row = SB_AARCH64_RNDRRS(&cpu);

static void rndr_by_words(void)
{
	trapped.rndrrs = 0;
	words_in_so_many_tries(&rndr_row, &trapped.rndr, SB_AARCH64_TRIES, SB_EAGAIN);
	CHECK(trapped.rndrrs == 0);
}

static void rndrrs_by_words(void)
{
	trapped.rndr = 0;
	words_in_so_many_tries(&rndrrs_row, &trapped.rndrrs, SB_AARCH64_TRIES, SB_EAGAIN);
	CHECK(trapped.rndr == 0);
}

static void no_word_stays_on_the_stack(void)
{
	words_leave_the_stack(sb_aarch64_words);
}

static void there_if_the_field_says_so(void)
{
	for (unsigned bit = 0; bit < 64; bit++) {
		int want = bit >= 60 ? SB_OK : SB_ENODEV;

		isar0_value = 1ull << bit;
		CHECK(rndr_row.driver->probe(rndr_row.ctx) == want);
		CHECK(rndrrs_row.driver->probe(rndrrs_row.ctx) == want);
	}
}

static void what_the_rows_say(void)
{
	const struct sb_driver *rndr = rndr_row.driver, *rndrrs = rndrrs_row.driver;

	CHECK(rndr_row.credit == 0 && rndrrs_row.credit == 2048);
	CHECK(rndr->entropy == 2048 && rndrrs->entropy == 2048);
	CHECK(rndr->width == 8 && rndrrs->width == 8);
	CHECK(rndr->flags == (SB_CONDITIONED | SB_LOCAL | SB_FAST));
	CHECK(rndrrs->flags == (SB_CONDITIONED | SB_LOCAL));
	CHECK(!rndr->restart && !rndrrs->restart);
	CHECK(rndr->name[12] == 0 && rndrrs->name[12] == 'r');
}

static void the_cpus_own_registers(void)
{
	uint64_t want, before, between, after;

	__asm__ volatile("mrs %0, id_aa64isar0_el1" : "=r"(want));
	CHECK(want != 0);
	CHECK(sb_aarch64_isar0() == want);
	__asm__ volatile("mrs %0, cntfrq_el0" : "=r"(want));
	CHECK(want != 0);
	CHECK(sb_aarch64_cntfrq() == want);
	__asm__ volatile("mrs %0, cntvct_el0" : "=r"(before));
	between = sb_aarch64_cntvct();
	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(after));
	CHECK(before && before <= between && between <= after);
}

static void a_call_of_the_monitor(void)
{
	uint64_t reg[4] = { 0xc4000190u, 0x10000, 3, 4 };

	sb_aarch64_smc(reg);
	CHECK(reg[0] == ~(uint64_t)0xc4000190u && reg[1] == ~(uint64_t)0x10000);
	CHECK(reg[2] == ~(uint64_t)3 && reg[3] == ~(uint64_t)4);
}

/* Nothing traps here, so the code itself is looked at. */
static void a_flush_and_a_fence(void)
{
	const uint32_t *flush = (const uint32_t *)(uintptr_t)sb_aarch64_flush;
	const uint32_t *fence = (const uint32_t *)(uintptr_t)sb_aarch64_fence;

	CHECK(flush[0] == 0xd50b7e20u);                            /* dc civac, x0 */
	CHECK(fence[0] == 0xd5033f9fu && fence[1] == 0xd5033fdfu); /* dsb sy, isb */
	CHECK(flush[1] == 0xd65f03c0u && fence[2] == flush[1]);    /* ret */
	sb_aarch64_flush(&trapped);
	sb_aarch64_fence();
}

#define DEVICE 0x40000000u /* a page that nobody may touch */

static int seen(uint64_t offset, unsigned bytes, unsigned wrote)
{
	return trapped.at == DEVICE + offset && trapped.bytes == bytes && trapped.wrote == wrote;
}

/* Each access is one instruction of its width, which a hypervisor can read. */
static void accesses_to_a_device(void)
{
	user_page(DEVICE, USER_NONE);
	trapped.value = 0x92345678;
	CHECK(sb_io_read8(DEVICE + 5) == 0x78 && seen(5, 1, 0));
	CHECK(sb_io_read16(DEVICE + 6) == 0x5678 && seen(6, 2, 0));
	CHECK(sb_io_read32(DEVICE + 8) == 0x92345678 && seen(8, 4, 0));
	sb_io_write8(DEVICE + 7, 0xa1);
	CHECK((uint8_t)trapped.value == 0xa1 && seen(7, 1, 1));
	sb_io_write16(DEVICE + 2, 0xa1b2);
	CHECK((uint16_t)trapped.value == 0xa1b2 && seen(2, 2, 1));
	sb_io_write32(DEVICE + 12, 0xa1b2c3d4);
	CHECK((uint32_t)trapped.value == 0xa1b2c3d4 && seen(12, 4, 1));
	sb_io_publish();
	sb_io_acquire();
	sb_io_relax();
}

void user_main(void)
{
	RUN(rndr_by_words);
	RUN(rndrrs_by_words);
	RUN(no_word_stays_on_the_stack);
	RUN(there_if_the_field_says_so);
	RUN(what_the_rows_say);
	RUN(the_cpus_own_registers);
	RUN(a_call_of_the_monitor);
	RUN(a_flush_and_a_fence);
	RUN(accesses_to_a_device);
}
