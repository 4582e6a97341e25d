/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether a guest takes its host for an adversary, on invented CPUs and
 * firmwares. Needs arch/x86/confidential.c and arch/aarch64/confidential.c,
 * which have no instruction of their own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "../arch/aarch64/sb_aarch64.h"
#include "../arch/x86/sb_x86.h"

#define END_AMD 0x80000023u
#define SNP_CAPABLE 0x0101fd1bu /* EAX of leaf 8000001Fh: SME, SEV, SEV-ES, SEV-SNP and more */

static const char *tdx; /* leaf 21h: EBX, EDX, ECX; NULL is zeros */
static uint32_t basic_end, extended_end, sev_leaf;
static uint64_t sev_status;
static int msr_result;
static unsigned msr_asked;

static void cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	assert_int_equal(sub, 0);
	memset(reg, 0, 4 * sizeof *reg);
	if (leaf == 0)
		reg[0] = basic_end;
	else if (leaf == 0x21 && tdx)
		memcpy(&reg[1], tdx, 4), memcpy(&reg[3], tdx + 4, 4), memcpy(&reg[2], tdx + 8, 4);
	else if (leaf == 0x80000000u)
		reg[0] = extended_end;
	else if (leaf > 0x80000000u && leaf > extended_end)
		/* An Intel CPU answers as its last leaf says. */
		memset(reg, 0xff, 4 * sizeof *reg);
	else if (leaf == 0x8000001fu)
		reg[0] = sev_leaf;
}

static int msr(uint32_t index, uint64_t *value)
{
	assert_int_equal(index, 0xc0010131u);
	msr_asked++;
	if (msr_result == SB_OK)
		*value = sev_status;
	return msr_result;
}

static const struct sb_x86_cpu plain = { .cpuid = cpuid, .msr = msr };
static const struct sb_x86_cpu surviving = { .cpuid = cpuid, .msr = msr, .msr_survives = 1 };
static const struct sb_x86_cpu without_msr = { .cpuid = cpuid };

static int on_intel(void **state)
{
	(void)state;
	tdx = NULL;
	basic_end = 0x1f;
	extended_end = 0x80000008u;
	sev_leaf = 0;
	sev_status = 0;
	msr_result = SB_OK;
	msr_asked = 0;
	return 0;
}

static int on_amd(void **state)
{
	on_intel(state);
	basic_end = 0x10;
	extended_end = END_AMD;
	return 0;
}

/*
 * With the accessor that may fault, with the one that may not, and without any.
 */
static void says(uint8_t first, uint8_t second, uint8_t third)
{
	assert_int_equal(sb_x86_distrust(&plain), first);
	assert_int_equal(sb_x86_distrust(&surviving), second);
	assert_int_equal(sb_x86_distrust(&without_msr), third);
}

static void asks(const struct sb_x86_cpu *cpu, unsigned times)
{
	msr_asked = 0;
	(void)sb_x86_distrust(cpu);
	assert_int_equal(msr_asked, times);
}

static void plain_machines(void **state)
{
	msr_result = SB_ENODEV;
	says(0, 0, 0);
	asks(&plain, 0);
	extended_end = 0; /* such leaves did not exist yet */
	says(0, 0, 0);
	asks(&plain, 0);
	/* This counts no such leaves, so the answer is something else. */
	extended_end = 0xffffffffu;
	sev_leaf = 2;
	says(0, 0, 0);
	asks(&plain, 0);
	on_amd(state);
	says(0, 0, 0);
	asks(&plain, 0);
	sev_leaf = 1; /* memory encryption of the host's own, without SEV */
	says(0, 0, 0);
	asks(&plain, 0);
}

static void a_td(void **state)
{
	(void)state;
	tdx = "IntelTDX    ";
	says(SB_HOST, SB_HOST, SB_HOST);
	basic_end = 0x16; /* leaf 0 is not believed */
	says(SB_HOST, SB_HOST, SB_HOST);
	asks(&surviving, 0);
}

static void nearly_a_td(void **state)
{
	static const char *const other[] = { "IntelTDX\0\0\0\0", "InteltdX    ", "intelTDX    ",
					     "GenuineIntel" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		tdx = other[i];
		says(0, 0, 0);
	}
}

static void sev_of_each_kind(void **state)
{
	static const uint64_t active[] = { 1, 3, 7, 1 | 1 << 12 };

	(void)state;
	sev_leaf = SNP_CAPABLE;
	for (size_t i = 0; i < 4; i++) {
		sev_status = active[i];
		says(SB_HOST, SB_HOST, SB_HOST);
		asks(&plain, 1);
	}
	sev_leaf = 2;
	says(SB_HOST, SB_HOST, SB_HOST);
	asks(&plain, 1);
}

static void able_and_not_used(void **state)
{
	(void)state;
	sev_leaf = SNP_CAPABLE;
	says(0, 0, SB_HOST); /* nobody can be asked, so it may be one */
	asks(&plain, 1);
}

static void a_status_that_cannot_be_read(void **state)
{
	(void)state;
	sev_leaf = SNP_CAPABLE;
	msr_result = SB_EIO;
	says(SB_HOST, SB_HOST, SB_HOST);
}

static void bits_unheard_of(void **state)
{
	(void)state;
	sev_leaf = SNP_CAPABLE;
	sev_status = 4; /* SEV-SNP without SEV */
	says(SB_HOST, SB_HOST, SB_HOST);
	sev_status = 1ull << 63;
	says(SB_HOST, SB_HOST, SB_HOST);
}

/* Without the bit for SEV nothing says that the register is there. */
static void leaf_that_contradicts_itself(void **state)
{
	static const uint32_t leaf[] = { 0x08, 0x10, 0x18 };

	(void)state;
	msr_result = SB_ENODEV;
	for (size_t i = 0; i < 3; i++) {
		sev_leaf = leaf[i];
		says(SB_HOST, SB_HOST, SB_HOST);
		asks(&plain, 0);
	}
}

static void hidden_leaf(void **state)
{
	(void)state;
	sev_status = 7;
	says(0, SB_HOST, 0); /* zeros instead */
	asks(&plain, 0);
	sev_leaf = SNP_CAPABLE;
	extended_end = 0x8000001eu;
	says(0, SB_HOST, 0);
	asks(&plain, 0);
	extended_end = 0x8000001fu;
	says(SB_HOST, SB_HOST, SB_HOST);
}

static int64_t rsi_answer;
static unsigned smc_calls;

static void smc(uint64_t reg[4])
{
	assert_int_equal(reg[0], 0xc4000190u);
	assert_int_equal(reg[1], 0x10000);
	assert_int_equal(reg[2], 0);
	assert_int_equal(reg[3], 0);
	smc_calls++;
	reg[0] = (uint64_t)rsi_answer;
	reg[1] = reg[2] = reg[3] = 0xeeee; /* the answer has all four */
}

static void smc_idle(uint64_t reg[4])
{
	(void)reg;
}

static void realms(void **state)
{
	struct sb_aarch64_cpu cpu = { .isar0 = NULL };

	(void)state;
	assert_int_equal(sb_aarch64_distrust(&cpu), 0);
	cpu.smc = smc;
	rsi_answer = -1;
	assert_int_equal(sb_aarch64_distrust(&cpu), 0);
	rsi_answer = 0xffffffff; /* the same from firmware of 32 bits */
	assert_int_equal(sb_aarch64_distrust(&cpu), 0);
	for (rsi_answer = 0; rsi_answer < 5;
	     rsi_answer++) /* RSI_SUCCESS; RSI_ERROR_INPUT: another version; the rest: unknown */
		assert_int_equal(sb_aarch64_distrust(&cpu), SB_HOST);
	assert_int_equal(smc_calls, 7);
	cpu.smc = smc_idle;
	assert_int_equal(sb_aarch64_distrust(&cpu), SB_HOST);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(plain_machines, on_intel),
		cmocka_unit_test_setup(a_td, on_intel),
		cmocka_unit_test_setup(nearly_a_td, on_intel),
		cmocka_unit_test_setup(sev_of_each_kind, on_amd),
		cmocka_unit_test_setup(able_and_not_used, on_amd),
		cmocka_unit_test_setup(a_status_that_cannot_be_read, on_amd),
		cmocka_unit_test_setup(bits_unheard_of, on_amd),
		cmocka_unit_test_setup(leaf_that_contradicts_itself, on_amd),
		cmocka_unit_test_setup(hidden_leaf, on_amd),
		cmocka_unit_test(realms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
