/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instructions of arch/x86 on a CPU that has no RDRAND, RDSEED, CLFLUSH,
 * SSE or XGETBV, at a level that may touch no port and no MSR. This program
 * answers them.
 */
#include "io.h"
#include "sb_x86.h"
#include "sb_x86_simd.h"
#include "memory.h"
#include "user.h"
#include "words.h"

/* What trapped. */
static struct {
	unsigned rdrand, rdseed;
	unsigned xgetbv;
	uint32_t xcr0; /* what XGETBV reads */
	uint32_t msr;
	uint16_t port, size;
	uint32_t out; /* what was written to the port, or is read there */
	int wrote;
	uint64_t flushed;
	uint32_t fences; /* the ModRM bytes of the last ones */
} trapped;

#define CARRY 1u

static void answer_random(const struct user_cpu *cpu, uint64_t *reg, unsigned calls)
{
	*cpu->flags &= ~(uint64_t)CARRY;
	if (words_answer(reg, calls))
		*cpu->flags |= CARRY;
}

/* `code` is behind the prefixes. Intel SDM volume 2: IN, OUT. */
static int answer_port(const struct user_cpu *cpu, const uint8_t *code, unsigned wide)
{
	uint32_t mask = code[0] & 1 ? (wide == 2 ? 0xffff : 0xffffffff) : 0xff;
	uint64_t *rax = cpu->reg[0];

	if ((code[0] & 0xf4) != 0xe4)
		return 0;
	trapped.size = code[0] & 1 ? (uint16_t)wide : 1;
	trapped.port = code[0] & 8 ? (uint16_t)*cpu->reg[2] : code[1];
	trapped.wrote = code[0] >> 1 & 1;
	if (trapped.wrote)
		trapped.out = (uint32_t)*rax & mask;
	else
		*rax = (*rax & ~(uint64_t)mask) | (trapped.out & mask);
	return code[0] & 8 ? 1 : 2;
}

/* The group 0F AE: Intel SDM volume 2, CLFLUSH, LFENCE, MFENCE. */
static int answer_fence(const struct user_cpu *cpu, uint8_t modrm)
{
	if (modrm >= 0xe8)
		trapped.fences = trapped.fences << 8 | modrm;
	else if ((modrm & 0xf8) == 0x38)
		trapped.flushed = *cpu->reg[modrm & 7];
	else
		return 0;
	return 3;
}

int user_trap(const struct user_cpu *cpu)
{
	const uint8_t *code = (const uint8_t *)(uintptr_t)*cpu->pc;
	unsigned wide = 4, high = 0, len = 0;

	if (*code == 0x66) {
		wide = 2;
		code++;
	}
	if ((*code & 0xf0) == 0x40) { /* REX */
		high = *code & 1 ? 8 : 0;
		code++;
	}
	if (code[0] == 0x0f && code[1] == 0xc7 && (code[2] & 0xf8) == 0xf0) {
		answer_random(cpu, cpu->reg[high + (code[2] & 7)], ++trapped.rdrand);
		len = 3;
	} else if (code[0] == 0x0f && code[1] == 0xc7 && (code[2] & 0xf8) == 0xf8) {
		answer_random(cpu, cpu->reg[high + (code[2] & 7)], ++trapped.rdseed);
		len = 3;
	} else if (code[0] == 0x0f && code[1] == 0x32) {
		trapped.msr = (uint32_t)*cpu->reg[1];
		*cpu->reg[0] = 0x55667788;
		*cpu->reg[2] = 0x91223344;
		len = 2;
	} else if (code[0] == 0x0f && code[1] == 0x01 && code[2] == 0xd0) {
		trapped.xgetbv++;
		CHECK((uint32_t)*cpu->reg[1] == 0);
		*cpu->reg[0] = trapped.xcr0;
		*cpu->reg[2] = UINT32_MAX;
		len = 3;
	} else if (code[0] == 0x0f && code[1] == 0xae) {
		len = (unsigned)answer_fence(cpu, code[2]);
	} else {
		len = (unsigned)answer_port(cpu, code, wide);
	}
	*cpu->pc = (uintptr_t)code + len;
	return len != 0;
}

/* The CPU that a probe asks about. */
static uint32_t last_leaf, version, features_1, features_1_edx, features_7, features_7_ecx;
static unsigned asked;

static void cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	CHECK(sub == 0);
	CHECK(leaf <= last_leaf);
	asked++;
	reg[0] = reg[1] = reg[2] = reg[3] = 0;
	if (leaf == 0) { /* "AuthenticAMD" */
		reg[0] = last_leaf;
		reg[1] = 0x68747541;
		reg[3] = 0x69746e65;
		reg[2] = 0x444d4163;
	} else if (leaf == 1) {
		reg[0] = version;
		reg[2] = features_1;
		reg[3] = features_1_edx;
	} else if (leaf == 7) {
		reg[1] = features_7;
		reg[2] = features_7_ecx;
	}
}

static const struct sb_x86_cpu cpu = { .cpuid = cpuid };
static const struct sb_source rdseed_row = SB_X86_RDSEED(&cpu), rdrand_row = SB_X86_RDRAND(&cpu);

static uint32_t of(uint32_t family, uint32_t model)
{
	return 0xf00u | (family - 15) << 20 | (model & 15) << 4 | model >> 4 << 16;
}

static void rdrand_by_words(void)
{
	trapped.rdseed = 0;
	words_in_so_many_tries(&rdrand_row, &trapped.rdrand, 10, SB_EIO);
	CHECK(trapped.rdseed == 0);
}

static void rdseed_by_words(void)
{
	trapped.rdrand = 0;
	words_in_so_many_tries(&rdseed_row, &trapped.rdseed, 100, SB_EAGAIN);
	CHECK(trapped.rdrand == 0);
}

static void no_word_stays_on_the_stack(void)
{
	words_leave_the_stack(sb_x86_words);
}

/* No leaf beyond the last one is asked for, and no other bit counts. */
static void there_if_cpuid_says_so(void)
{
	version = of(0x19, 0x01);
	for (last_leaf = 0; last_leaf < 9; last_leaf++)
		for (unsigned bit = 0; bit < 32; bit++) {
			features_1 = features_7 = 1u << bit;
			CHECK(rdrand_row.driver->probe(rdrand_row.ctx) ==
			      (last_leaf >= 1 && bit == 30 ? SB_OK : SB_ENODEV));
			CHECK(rdseed_row.driver->probe(rdseed_row.ctx) ==
			      (last_leaf >= 7 && bit == 18 ? SB_OK : SB_ENODEV));
		}
}

static void flushes_if_cpuid_has_both(void)
{
	for (last_leaf = 0; last_leaf < 9; last_leaf++)
		for (unsigned a = 0; a < 32; a++)
			for (unsigned b = 0; b < 32; b++) {
				features_1_edx = 1u << a | 1u << b;
				CHECK(sb_x86_flushes(&cpu) ==
				      (last_leaf && features_1_edx == (1u << 19 | 1u << 26)));
			}
	last_leaf = 1;
	features_1_edx = UINT32_MAX;
	CHECK(sb_x86_flushes(&cpu));
}

static void a_flush_and_a_fence(void)
{
	sb_x86_flush((const void *)0x12345);
	CHECK(trapped.flushed == 0x12345 && !trapped.fences);
	sb_x86_fence();
	CHECK(trapped.fences == 0xf0e8); /* MFENCE, then LFENCE */
}

/* All that the facts are made of, as Intel SDM volume 2, CPUID, has it. */
static uint32_t *const facts_words[] = { &features_1_edx, &features_1, &features_7, &features_7_ecx,
					 &trapped.xcr0 };
static const uint32_t facts_all[] = { 1u << 26, 1u << 9 | 1u << 19 | 1u << 25 | 1u << 27 | 1u << 28,
				      1u << 5 | 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31, 1u << 9,
				      0xe6 };

static void facts_set(void)
{
	last_leaf = 7;
	for (unsigned i = 0; i < 5; i++)
		*facts_words[i] = facts_all[i];
}

/* What is left of the facts where one bit is missing. */
static uint32_t facts_without(unsigned word, unsigned bit)
{
	const uint32_t wide = SB_X86_AVX2 | SB_X86_VAES | SB_X86_AVX512, all = wide | 3;

	if (word == 0)
		return 0;
	if (word == 1)
		return bit < 27 ? all & ~SB_X86_AESNI : all & ~wide;
	if (word == 2)
		return bit == 5 ? all & ~wide : all & ~SB_X86_AVX512;
	if (word == 3)
		return all & ~SB_X86_VAES;
	return bit < 3 ? all & ~wide : all & ~SB_X86_AVX512;
}

static void facts_of_simd(void)
{
	facts_set();
	asked = 0;
	CHECK(sb_x86_simd(&cpu) == 31 && asked == 3);
	for (unsigned word = 0; word < 5; word++)
		for (unsigned bit = 0; bit < 32; bit++) {
			facts_set();
			*facts_words[word] ^= 1u << bit;
			CHECK(sb_x86_simd(&cpu) ==
			      (facts_all[word] >> bit & 1 ? facts_without(word, bit) : 31));
		}
}

/* Each is there if it alone is, and an operating system without XSAVE is asked
   nothing that would trap. */
static void facts_of_a_lesser_cpu(void)
{
	facts_set();
	last_leaf = 0;
	CHECK(sb_x86_simd(&cpu) == 0);
	for (last_leaf = 1; last_leaf < 7; last_leaf++)
		CHECK(sb_x86_simd(&cpu) == (SB_X86_SSE2 | SB_X86_AESNI));
	facts_set();
	trapped.xgetbv = asked = 0;
	features_1 &= ~(1u << 27);
	CHECK(sb_x86_simd(&cpu) == (SB_X86_SSE2 | SB_X86_AESNI));
	CHECK(!trapped.xgetbv && asked == 2);
}

static void an_erratum_is_unfit(void)
{
	last_leaf = 7;
	features_1 = 1u << 30;
	features_7 = 1u << 18;
	version = of(0x15, 0x02);
	CHECK(rdrand_row.driver->probe(rdrand_row.ctx) == SB_EUNFIT);
	CHECK(rdseed_row.driver->probe(rdseed_row.ctx) == SB_OK);
	version = of(0x17, 0x47);
	CHECK(rdrand_row.driver->probe(rdrand_row.ctx) == SB_OK);
	CHECK(rdseed_row.driver->probe(rdseed_row.ctx) == SB_EUNFIT);
	version = of(0x1a, 0x02); /* only the narrow forms are wrong */
	CHECK(rdseed_row.driver->probe(rdseed_row.ctx) == SB_OK);
	features_1 = features_7 = 0; /* absent comes first */
	version = of(0x15, 0x02);
	CHECK(rdrand_row.driver->probe(rdrand_row.ctx) == SB_ENODEV);
}

static void what_the_rows_say(void)
{
	const struct sb_driver *rdseed = rdseed_row.driver, *rdrand = rdrand_row.driver;

	CHECK(rdseed_row.credit == 2048 && rdrand_row.credit == 4);
	CHECK(rdseed->entropy == 2048 && rdrand->entropy == 2048);
	CHECK(rdseed->width == 8 && rdrand->width == 8);
	CHECK(rdseed->flags == (SB_CONDITIONED | SB_LOCAL | SB_FAST));
	CHECK(rdrand->flags == (SB_CONDITIONED | SB_LOCAL | SB_FAST));
	CHECK(!rdseed->restart && !rdrand->restart);
	CHECK(rdseed->name[4] == 'r' && rdseed->name[6] == 's');
	CHECK(rdrand->name[4] == 'r' && rdrand->name[6] == 'r');
}

static void the_cpus_own_registers(void)
{
	uint32_t reg[4] = { 0, 0, 0, 0 }, want[4];
	uint64_t value = 0, before, between, after;

	for (uint32_t leaf = 0; leaf < 14; leaf++) {
		__asm__ volatile("cpuid"
				 : "=a"(want[0]), "=b"(want[1]), "=c"(want[2]), "=d"(want[3])
				 : "a"(leaf), "c"(1));
		sb_x86_cpuid(leaf, 1, reg);
		/* leaf 1 has the number of the CPU in its EBX */
		for (unsigned i = 0; i < 4; i++)
			CHECK(reg[i] == want[i] || (leaf == 1 && i == 1));
	}
	CHECK(sb_x86_rdmsr(0xc0010131u, &value) == SB_OK);
	CHECK(trapped.msr == 0xc0010131u);
	CHECK(value == 0x9122334455667788u);
	before = __builtin_ia32_rdtsc();
	between = sb_x86_tsc();
	after = __builtin_ia32_rdtsc();
	CHECK(before <= between && between <= after);
	CHECK(after - before < 1u << 31 && before >> 32); /* so both halves are the counter's */
}

static int at_port(uint16_t port, uint16_t size, int wrote)
{
	return trapped.port == port && trapped.size == size && trapped.wrote == wrote;
}

static void ports(void)
{
	trapped.out = 0x92345678;
	CHECK(sb_io_in8(0x3f8) == 0x78 && at_port(0x3f8, 1, 0));
	CHECK(sb_io_in16(0xc001) == 0x5678 && at_port(0xc001, 2, 0));
	CHECK(sb_io_in32(0xcfc) == 0x92345678 && at_port(0xcfc, 4, 0));
	CHECK(sb_io_in8(0x71) == 0x78 && at_port(0x71, 1, 0));
	sb_io_out8(0x3f8, 0xa1);
	CHECK(trapped.out == 0xa1 && at_port(0x3f8, 1, 1));
	sb_io_out16(0xc001, 0xa1b2);
	CHECK(trapped.out == 0xa1b2 && at_port(0xc001, 2, 1));
	sb_io_out32(0xcf8, 0x81b2c3d4);
	CHECK(trapped.out == 0x81b2c3d4 && at_port(0xcf8, 4, 1));
}

void user_main(void)
{
	RUN(rdrand_by_words);
	RUN(rdseed_by_words);
	RUN(no_word_stays_on_the_stack);
	RUN(there_if_cpuid_says_so);
	RUN(flushes_if_cpuid_has_both);
	RUN(a_flush_and_a_fence);
	RUN(facts_of_simd);
	RUN(facts_of_a_lesser_cpu);
	RUN(an_erratum_is_unfit);
	RUN(what_the_rows_say);
	RUN(the_cpus_own_registers);
	RUN(ports);
	RUN(memory);
}
