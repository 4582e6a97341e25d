/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which words of which x86 CPUs are refused. Needs arch/x86/errata.c, which has
 * no instruction of its own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "../arch/x86/sb_x86.h"
#include "little.h"

static char vendor[12];
static uint32_t version;

/* Leaf 0 spells the vendor in EBX, EDX, ECX. */
static void cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	assert_int_equal(sub, 0);
	assert_in_range(leaf, 0, 1);
	memset(reg, 0xff, 4 * sizeof *reg);
	if (leaf == 0) {
		reg[0] = 0x10;
		reg[1] = (uint32_t)little_get(vendor, 4);
		reg[3] = (uint32_t)little_get(vendor + 4, 4);
		reg[2] = (uint32_t)little_get(vendor + 8, 4);
	} else {
		reg[0] = version;
	}
}

static const struct sb_x86_cpu cpu = { .cpuid = cpuid };

static int refused(enum sb_x86_instruction instruction, size_t word)
{
	return sb_x86_erratum(&cpu, instruction, word);
}

/* AMD APM volume 3, appendix E.3.2. Reserved bits and the stepping are ones. */
static void cpu_is(uint32_t family, uint32_t model)
{
	uint32_t base = family < 15 ? family : 15;

	version = 0xf000f00fu | base << 8 | (family - base) << 20 | (model & 15) << 4 |
		  model >> 4 << 16;
}

/* The sources of this table stand in errata.c. */
static int rdrand_is_wrong(uint32_t family)
{
	return family == 0x15 || family == 0x16;
}

static int rdseed_is_wrong(uint32_t family, uint32_t model, size_t word)
{
	if (family == 0x17)
		return model == 0x47;
	return family == 0x1a && word < 8 &&
	       (model < 0x30 || (model >= 0x40 && model < 0x50) || (model >= 0x60 && model < 0x80));
}

static int on_amd(void **state)
{
	(void)state;
	memcpy(vendor, "AuthenticAMD", 12);
	return 0;
}

static void each_family_and_model(void **state)
{
	(void)state;
	for (uint32_t family = 0; family < 0x40; family++)
		for (uint32_t model = 0; model < 0x100; model++) {
			cpu_is(family, model);
			for (size_t word = 2; word <= 8; word *= 2) {
				assert_int_equal(refused(SB_X86_IS_RDRAND, word),
						 rdrand_is_wrong(family));
				assert_int_equal(refused(SB_X86_IS_RDSEED, word),
						 rdseed_is_wrong(family, model, word));
			}
		}
}

/* Another vendor counts its families in its own way. */
static void one_letter_of_another_vendor(void **state)
{
	(void)state;
	cpu_is(0x15, 2);
	assert_int_equal(refused(SB_X86_IS_RDRAND, 8), 1);
	for (size_t i = 0; i < 12; i++) {
		vendor[i] ^= 0x20;
		assert_int_equal(refused(SB_X86_IS_RDRAND, 8), 0);
		vendor[i] ^= 0x20;
	}
	assert_int_equal(refused(SB_X86_IS_RDRAND, 8), 1);
	memcpy(vendor, "GenuineIntel", 12);
	assert_int_equal(refused(SB_X86_IS_RDRAND, 8), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_family_and_model, on_amd),
		cmocka_unit_test_setup(one_letter_of_another_vendor, on_amd),
	};

	return cmocka_run_group_tests_name("errata", tests, NULL, NULL);
}
