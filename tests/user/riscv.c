/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instructions of arch/riscv in user mode, on a CPU without Zkr and Zicbom.
 * This program answers those that trap: the CSRs of M-mode and Zkr, cbo.flush,
 * and the accesses to a device.
 */
#include "csr.h"
#include "io.h"
#include "memory.h"
#include "sb_riscv.h"
#include "user.h"

#define CSR_SEED 0x015
#define CSR_MSECCFG 0x747
#define CSR_MCYCLE 0xb00
#define CSR_MCYCLEH 0xb80

#define CSRRW_ZERO 1u /* csrrw rd, csr, zero; */
#define CSRRS_ZERO 2u /* csrrs rd, csr, zero, which is csrr */
#define FLUSHES 8

static struct {
	unsigned seeds, mseccfgs;
	uint32_t seed; /* the next answer; it counts up in both bytes */
	int denied;    /* the firmware below does not answer */
	uint64_t cycles;
	unsigned step; /* of cycles, behind each access */
	uint64_t flushed[FLUSHES];
	unsigned flushes;
	uint64_t at;
	unsigned accesses;
} trapped;

static int answer_csr(uint32_t number, uint32_t form, uint64_t *reg)
{
	if (number == CSR_SEED && form == CSRRW_ZERO) {
		trapped.seeds++;
		*reg = trapped.seed;
		trapped.seed += 0x0202;
	} else if (number == CSR_MSECCFG && form == CSRRS_ZERO) {
		trapped.mseccfgs++;
		*reg = SB_RISCV_MSECCFG_SSEED;
	} else if (number == CSR_MCYCLE && form == CSRRS_ZERO) {
		*reg = trapped.cycles;
		trapped.cycles += trapped.step;
	} else if (number == CSR_MCYCLEH && form == CSRRS_ZERO && sizeof(uintptr_t) == 4) {
		*reg = trapped.cycles >> 32;
		trapped.cycles += trapped.step;
	} else {
		return 0;
	}
	return 1;
}

int user_trap(const struct user_cpu *cpu)
{
	const uint16_t *half = (const uint16_t *)(uintptr_t)*cpu->pc;
	uint32_t code = half[0] | (uint32_t)half[1] << 16;
	uint64_t unused;

	*cpu->pc += 4;
	if ((code & 0xfff07fffu) == 0x0020200fu) { /* cbo.flush (rs1) */
		CHECK(trapped.flushes < FLUSHES);
		trapped.flushed[trapped.flushes++] = *cpu->reg[code >> 15 & 31];
		return 1;
	}
	if ((code & 0x000f807fu) != 0x00000073u) /* SYSTEM, rs1 is x0 */
		return 0;
	if (trapped.denied) {
		trapped.accesses++;
		return 1;
	}
	return answer_csr(code >> 20, code >> 12 & 7,
			  code >> 7 & 31 ? cpu->reg[code >> 7 & 31] : &unused);
}

/* As a board does it: here the handler went on behind the instruction. */
static int guarded(uintptr_t (*read)(void), uintptr_t *value)
{
	unsigned before = trapped.accesses;

	*value = read();
	return trapped.accesses == before ? SB_OK : SB_ENODEV;
}

static struct sb_riscv_zkr_state zkr = { .mode = SB_RISCV_M, .guarded = guarded };
static const struct sb_source row = SB_RISCV_ZKR(&zkr);
static uint8_t buf[70];

#define ES16 0x80000000u

static void the_seed_is_read_by_a_write(void)
{
	trapped.seed = ES16 | 0xffff;
	CHECK(sb_riscv_seed() == (ES16 | 0xffff));
	CHECK(trapped.seeds == 1);
}

static void mseccfg_is_read(void)
{
	CHECK(sb_riscv_mseccfg() == SB_RISCV_MSECCFG_SSEED);
	CHECK(trapped.mseccfgs == 1);
}

/* With a real trap. */
static void a_source_that_traps(void)
{
	zkr.told = 0;
	trapped.seeds = trapped.accesses = 0;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	CHECK(trapped.seeds == 0);
	zkr.told = 1;
	trapped.denied = 1;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	zkr.mode = SB_RISCV_S;
	CHECK(row.driver->probe(row.ctx) == SB_EUNFIT);
	CHECK(trapped.accesses == 2);
	trapped.denied = 0;
	trapped.seed = ES16;
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	zkr.mode = SB_RISCV_M;
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	CHECK(trapped.seeds == 2);
}

static void bytes_of_a_source(void)
{
	for (size_t len = 1; len <= 64; len++) {
		trapped.seed = ES16 | 0x0100;
		trapped.seeds = 0;
		CHECK(row.driver->read(row.ctx, buf, len) == (int)len);
		CHECK(trapped.seeds == (len + 1) / 2);
		for (size_t i = 0; i < len; i++)
			CHECK(buf[i] == i);
	}
	trapped.seed = 0x40000000;
	trapped.seeds = 0;
	CHECK(row.driver->read(row.ctx, buf, 64) == SB_EAGAIN);
	CHECK(trapped.seeds == SB_RISCV_ZKR_POLLS);
}

/* On 32 bits the lower half overflows between two reads, at each place. */
static void mcycle_is_never_torn(void)
{
	trapped.step = 1;
	for (uint64_t from = 0x1fffffff8; from < 0x200000008; from++) {
		uint64_t value;

		trapped.cycles = from;
		value = sb_riscv_mcycle();
		CHECK(from <= value && value < trapped.cycles);
	}
	trapped.step = 0;
	trapped.cycles = 0x123456789abcdef0;
	CHECK(sb_riscv_mcycle() == 0x123456789abcdef0);
}

#define NARROW (sizeof(uintptr_t) < sizeof(uint64_t))

/* An upper half that never stands still is given up. */
static void a_broken_mcycle_ends(void)
{
	trapped.step = UINT32_MAX;
	trapped.cycles = 0;
	(void)sb_riscv_mcycle();
	CHECK(trapped.cycles / UINT32_MAX == (NARROW ? 3 * CSR_READS : 1));
	trapped.step = 0;
}

static uintptr_t time_half(void)
{
	uintptr_t value;

	if (NARROW)
		CSR_READ(0xc81, value);
	else
		CSR_READ(0xc01, value);
	return value;
}

/* On 32 bits, the upper half is nonzero once this machine is up for seconds. */
static void time_goes_on(void)
{
	uintptr_t before = time_half(), after;
	uint64_t now = sb_riscv_time(), later = sb_riscv_time();
	uintptr_t half = (uintptr_t)(NARROW ? now >> 32 : now);

	after = time_half();
	CHECK(before && before <= half && half <= after);
	CHECK(now < later);
}

static int flushes(uintptr_t at, size_t len, size_t block, unsigned count, uintptr_t first)
{
	int right;

	trapped.flushes = 0;
	sb_riscv_flush((const void *)at, len, block);
	right = trapped.flushes == count;
	for (unsigned i = 0; i < trapped.flushes; i++)
		right &= trapped.flushed[i] == first + i * block;
	return right;
}

static void each_block_once(void)
{
	CHECK(flushes(0x1000, 64, 64, 1, 0x1000));
	CHECK(flushes(0x1000, 65, 64, 2, 0x1000));
	CHECK(flushes(0x1000, 1, 64, 1, 0x1000));
	CHECK(flushes(0x103f, 1, 64, 1, 0x1000));
	CHECK(flushes(0x103f, 2, 64, 2, 0x1000));
	CHECK(flushes(0x103f, 66, 64, 3, 0x1000));
	CHECK(flushes(0x1001, 63, 64, 1, 0x1000));
	CHECK(flushes(0x1001, 64, 64, 2, 0x1000));
	CHECK(flushes(0x1021, 3, 32, 1, 0x1020));
	CHECK(flushes(0x1001, 3, 1, 3, 0x1001));
	CHECK(flushes((uintptr_t)-64, 64, 64, 1, (uintptr_t)-64));
	CHECK(flushes(0x1000, 0, 64, 0, 0));
	CHECK(flushes(0x103f, 64, 0, 0, 0));
}

/* A fence does not trap, so the code itself is looked at. */
static int fences(void)
{
	const uint16_t *half = (const uint16_t *)(uintptr_t)sb_riscv_fence;

	sb_riscv_fence();
	return half[0] == 0x000f && half[1] == 0x0ff0 && half[2] == 0x8082; /* iorw, iorw; ret */
}

static void one_block(void)
{
	trapped.flushes = 0;
	sb_riscv_flush_block((const void *)0x1021);
	CHECK(trapped.flushes == 1 && trapped.flushed[0] == 0x1021);
	CHECK(fences());
}

void user_main(void)
{
	RUN(memory);
	RUN(the_seed_is_read_by_a_write);
	RUN(mseccfg_is_read);
	RUN(a_source_that_traps);
	RUN(bytes_of_a_source);
	RUN(mcycle_is_never_torn);
	RUN(a_broken_mcycle_ends);
	RUN(time_goes_on);
	RUN(each_block_once);
	RUN(one_block);
}
