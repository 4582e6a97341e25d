/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether a guest takes its host for an adversary, and what its times are
 * worth, on invented CPUs and firmwares. Needs confidential.c of arch/x86 and
 * arch/aarch64, and recorded.c, which have no instruction of their own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "../arch/aarch64/sb_aarch64.h"
#include "../arch/x86/sb_x86.h"
#include "little.h"

#define END_AMD 0x80000023u
#define RECORDED 0x000c06f2u    /* family 6 model 207: docs/evidence */
#define SNP_CAPABLE 0x0101fd1bu /* EAX of leaf 8000001Fh: SME, SEV, SEV-ES, SEV-SNP and more */

#define HIDDEN (SB_HOST | SB_TIMING) /* a host that can read nothing */

static const char *vendor;
static uint32_t version;
static const char *hypervisor; /* leaf 40000000h: EBX, ECX, EDX; NULL is zeros */
static const char *tdx;        /* leaf 21h: EBX, EDX, ECX; NULL is zeros */
static uint32_t basic_end, extended_end, sev_leaf;
static uint64_t sev_status;
static int msr_result;
static unsigned msr_asked;

/* A text stands in three registers, in some order: EBX is reg[1]. */
static void spell(uint32_t *first, uint32_t *second, uint32_t *third, const char *text)
{
	*first = (uint32_t)little_get(text, 4);
	*second = (uint32_t)little_get(text + 4, 4);
	*third = (uint32_t)little_get(text + 8, 4);
}

static void cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	assert_int_equal(sub, 0);
	memset(reg, 0, 4 * sizeof *reg);
	if (leaf == 0)
		reg[0] = basic_end, spell(&reg[1], &reg[3], &reg[2], vendor);
	else if (leaf == 1)
		reg[0] = version;
	else if (leaf == 0x40000000u && hypervisor)
		spell(&reg[1], &reg[2], &reg[3], hypervisor);
	else if (leaf == 0x21 && tdx)
		spell(&reg[1], &reg[3], &reg[2], tdx);
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
	vendor = "GenuineIntel";
	version = RECORDED;
	hypervisor = NULL;
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
static void says(uint16_t first, uint16_t second, uint16_t third)
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
	says(HIDDEN, HIDDEN, HIDDEN);
	basic_end = 0x16; /* leaf 0 is not believed */
	says(HIDDEN, HIDDEN, HIDDEN);
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
		says(HIDDEN, HIDDEN, HIDDEN);
		asks(&plain, 1);
	}
	sev_leaf = 2;
	says(HIDDEN, HIDDEN, HIDDEN);
	asks(&plain, 1);
}

static void able_and_not_used(void **state)
{
	(void)state;
	sev_leaf = SNP_CAPABLE;
	says(0, 0, HIDDEN); /* nobody can be asked, so it may be one */
	asks(&plain, 1);
}

static void a_status_that_cannot_be_read(void **state)
{
	(void)state;
	sev_leaf = SNP_CAPABLE;
	msr_result = SB_EIO;
	says(HIDDEN, HIDDEN, HIDDEN);
}

static void bits_unheard_of(void **state)
{
	(void)state;
	sev_leaf = SNP_CAPABLE;
	sev_status = 4; /* SEV-SNP without SEV */
	says(HIDDEN, HIDDEN, HIDDEN);
	sev_status = 1ull << 63;
	says(HIDDEN, HIDDEN, HIDDEN);
}

/* Without the bit for SEV nothing says that the register is there. */
static void leaf_that_contradicts_itself(void **state)
{
	static const uint32_t leaf[] = { 0x08, 0x10, 0x18 };

	(void)state;
	msr_result = SB_ENODEV;
	for (size_t i = 0; i < 3; i++) {
		sev_leaf = leaf[i];
		says(HIDDEN, HIDDEN, HIDDEN);
		asks(&plain, 0);
	}
}

static void hidden_leaf(void **state)
{
	(void)state;
	sev_status = 7;
	says(0, HIDDEN, 0); /* zeros instead */
	asks(&plain, 0);
	sev_leaf = SNP_CAPABLE;
	extended_end = 0x8000001eu;
	says(0, HIDDEN, 0);
	asks(&plain, 0);
	extended_end = 0x8000001fu;
	says(HIDDEN, HIDDEN, HIDDEN);
}

/* Of a machine that hides nothing, whoever is asked. */
static int times_are(uint16_t worth)
{
	return sb_x86_distrust(&plain) == worth && sb_x86_distrust(&without_msr) == worth &&
	       sb_x86_timing(&plain) == worth;
}

static void emulators_that_say_so(void **state)
{
	(void)state;
	hypervisor = "TCGTCGTCGTCG";
	assert_true(times_are(SB_TIMING)); /* version has no bit of a hypervisor */
	version = 0;
	assert_true(times_are(SB_TIMING)); /* and not SB_UNRECORDED beside it */
	hypervisor = "FEXIFEXIEMU";
	assert_true(times_are(SB_TIMING));
	tdx = "IntelTDX    ";
	says(HIDDEN, HIDDEN, HIDDEN);
}

static void hypervisors_that_are_no_emulators(void **state)
{
	static const char *const other[] = { "KVMKVMKVM\0\0", "XenVMMXenVMM",  "Microsoft Hv",
					     "VMwareVMware",  "TCGTCGTCGTC\0", "\0CGTCGTCGTCG",
					     "FEXIFEXIEMU ",  "TCGTFEXICGTC" };

	(void)state;
	for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
		hypervisor = other[i];
		assert_true(times_are(0));
	}
}

static void cpus_of(uint32_t family, int recorded)
{
	for (uint32_t model = 0; model < 0x100; model++) {
		version = family << 8 | (model & 15) << 4 | model >> 4 << 16;
		assert_true(times_are(recorded && model == 207 ? 0 : SB_UNRECORDED));
	}
}

static void recorded_cpus(void **state)
{
	(void)state;
	for (uint32_t family = 0; family < 15; family++)
		cpus_of(family, family == 6);
	version = RECORDED | 15; /* any stepping, and reserved bits */
	assert_true(times_are(0));
	version = RECORDED | 1u << 20; /* the extended family */
	assert_true(times_are(SB_UNRECORDED));
	vendor = "AuthenticAMD";
	cpus_of(6, 0);
	vendor = "GenuineIotel";
	cpus_of(6, 0);
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
		assert_int_equal(sb_aarch64_distrust(&cpu), HIDDEN);
	assert_int_equal(smc_calls, 7);
	cpu.smc = smc_idle;
	assert_int_equal(sb_aarch64_distrust(&cpu), HIDDEN);
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
		cmocka_unit_test_setup(emulators_that_say_so, on_intel),
		cmocka_unit_test_setup(hypervisors_that_are_no_emulators, on_intel),
		cmocka_unit_test_setup(recorded_cpus, on_intel),
		cmocka_unit_test(realms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
