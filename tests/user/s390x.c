/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instructions of arch/s390x in problem state, on a CPU whose PRNO has no
 * TRNG. This program answers those that trap: TRNG, ULTRAVISOR CALL, channel
 * I/O, DIAGNOSE. The others are executed.
 */
#include "io.h"
#include "cc.h"
#include "sb_s390x.h"
#include "stckf.h"
#include "user.h"

/* The code of each, PoP appendix B; of UVC and CHSC, Linux. */
#define CODE_UVC 0xb9a4u
#define CODE_PRNO 0xb93cu
#define CODE_CHSC 0xb25fu
#define CODE_STSCH 0xb234u
#define CODE_MSCH 0xb232u
#define CODE_SSCH 0xb233u
#define CODE_TSCH 0xb235u
#define CODE_CSCH 0xb230u
#define CODE_DIAG 0x83u

#define NO_ANSWER 0xffffu
#define CC_SHIFT 44 /* bits 18 and 19 of a PSW */

static struct {
	unsigned code;    /* of the last one */
	uint64_t operand; /* what it points at */
	uint64_t first;   /* register 1 */
	unsigned cc;      /* what to answer */
	uint64_t queue, name, cookie, subcode;
	size_t most; /* bytes of TRNG for one instruction */
	uint8_t next;
	unsigned executed;
	uint16_t response; /* of CHSC */
} trapped;

static void answer_trng(const struct user_cpu *cpu, uint8_t operands)
{
	uint64_t *at = cpu->reg[operands & 15], *left = cpu->reg[(operands & 15) + 1];

	CHECK(*cpu->reg[0] == 114);
	CHECK((operands >> 4) % 2 == 0 && operands >> 4 && operands % 2 == 0 && (operands & 15));
	CHECK(*cpu->reg[1] == 0); /* no parameters, and no raw bytes */
	CHECK(*cpu->reg[operands >> 4] == 0 && *cpu->reg[(operands >> 4) + 1] == 0);
	for (size_t part = trapped.most; part && *left; part--, (*left)--, (*at)++)
		*(uint8_t *)*at = trapped.next++;
	trapped.cc = *left ? 3 : 0;
}

/* The page is in use: it lies above the stack pointer. */
static void answer_chsc(uint16_t *page, uint64_t stack)
{
	CHECK((uintptr_t)page % 4096 == 0 && (uintptr_t)page >= stack);
	CHECK(page[0] == 0x0400 && page[1] == 0x0031 && page[2] == 0 && page[3] == 2);
	for (unsigned i = 4; i < 0x200; i++)
		CHECK(page[i] == 0);
	if (trapped.response == NO_ANSWER)
		return;
	page[0x200] = 8;
	page[0x201] = trapped.response;
}

/* An address of base and displacement. */
static uint64_t operand(const struct user_cpu *cpu, const uint8_t *code)
{
	unsigned base = code[2] >> 4;

	return (base ? *cpu->reg[base] : 0) + ((code[2] & 15u) << 8 | code[3]);
}

static void answer_diagnose(const struct user_cpu *cpu, const uint8_t *code)
{
	CHECK(operand(cpu, code) == 0x500);
	trapped.subcode = *cpu->reg[1];
	trapped.name = *cpu->reg[2];
	trapped.queue = *cpu->reg[3];
	trapped.cookie = *cpu->reg[4];
	*cpu->reg[2] = 0;
}

int user_trap(const struct user_cpu *cpu)
{
	const uint8_t *code = (const uint8_t *)*cpu->pc;

	trapped.executed++;
	trapped.code = code[0] == CODE_DIAG ? CODE_DIAG : (unsigned)code[0] << 8 | code[1];
	trapped.first = *cpu->reg[1];
	if (trapped.code == CODE_DIAG) {
		answer_diagnose(cpu, code);
	} else if (trapped.code == CODE_PRNO) {
		answer_trng(cpu, code[3]);
	} else if (trapped.code == CODE_UVC) {
		CHECK(*cpu->reg[code[3] >> 4] == 0 && code[2] == 0);
		trapped.operand = *cpu->reg[code[3] & 15];
	} else if (trapped.code == CODE_CHSC) {
		answer_chsc((uint16_t *)*cpu->reg[code[3] >> 4], *cpu->reg[15]);
	} else {
		trapped.operand = operand(cpu, code);
	}
	*cpu->flags &= ~(UINT64_C(3) << CC_SHIFT);
	*cpu->flags |= (uint64_t)trapped.cc << CC_SHIFT;
	*cpu->pc += 4;
	return 1;
}

static uint64_t list[SB_S390X_FACILITIES + 1];
static uint8_t bytes[80];

/* z/Architecture, the list itself, and extension 5 are there; what is behind
   the list is not touched. */
static void the_list_of_facilities(void)
{
	for (unsigned i = 0; i <= SB_S390X_FACILITIES; i++)
		list[i] = UINT64_MAX;
	sb_s390x_facilities(list);
	CHECK(sb_s390x_has(list, 1) && sb_s390x_has(list, 2) && sb_s390x_has(list, 7));
	CHECK(sb_s390x_has(list, 57));
	CHECK(!sb_s390x_has(list, 255));
	CHECK(list[SB_S390X_FACILITIES] == UINT64_MAX);
}

static void the_clock_goes_on(void)
{
	uint64_t before = sb_s390x_stckf(), now = before;

	for (unsigned i = 0; i < 1000; i++) {
		uint64_t next = sb_s390x_stckf();

		CHECK(next >= now);
		now = next;
	}
	CHECK(now > before && now - before < SB_S390X_STCKF_HZ);
}

/* No clock here is in error. Its condition code is where IPM puts it. */
static void a_clock_in_error_is_none(void)
{
	for (unsigned cc = 0; cc < 4; cc++) {
		CHECK(CC_OF(cc << 28 | 0xcfffffffu) == (int)cc);
		CHECK(stckf_judge((int)cc, 0x123456789) == (cc < 2 ? 0x123456789 : 0));
	}
}

/* Bit 0 is the query itself. This CPU has no function 114. */
static void the_query_is_executed(void)
{
	for (unsigned i = 0; i < sizeof bytes; i++)
		bytes[i] = 0xa5;
	sb_s390x_prno_query(bytes);
	CHECK(trapped.executed == 0);
	CHECK(bytes[0] & 0x80 && bytes[0] != 0xa5);
	CHECK(!(bytes[14] & 0x20));
	CHECK(bytes[SB_S390X_QUERY] == 0xa5);
}

static struct sb_s390x_cpu cpu = { .facilities = sb_s390x_facilities };
static const struct sb_source row = SB_S390X_PRNO(&cpu);

/* What the query denies is not executed. */
static void the_probe_asks_first(void)
{
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	CHECK(trapped.executed == 0);
}

static void bytes_of_a_source(void)
{
	for (trapped.most = 4; trapped.most <= 64; trapped.most++)
		for (size_t len = 1; len <= 64; len++) {
			trapped.next = 0;
			trapped.executed = 0;
			bytes[len] = 0xa5;
			CHECK(row.driver->read(row.ctx, bytes, len) == (int)len);
			CHECK(trapped.executed == (len + trapped.most - 1) / trapped.most);
			for (size_t i = 0; i < len; i++)
				CHECK(bytes[i] == i);
			CHECK(bytes[len] == 0xa5);
		}
	trapped.most = 0;
	trapped.executed = 0;
	CHECK(row.driver->read(row.ctx, bytes, 64) == SB_EAGAIN);
	CHECK(trapped.executed == SB_S390X_PRNO_TRIES);
}

static void the_ultravisor_is_called(void)
{
	for (trapped.cc = 0; trapped.cc < 4; trapped.cc++) {
		CHECK(sb_s390x_ultravisor(list) == (int)trapped.cc);
		CHECK(trapped.code == CODE_UVC && trapped.operand == (uintptr_t)list);
	}
}

#define SUBCHANNEL SB_CHANNEL_SUBCHANNEL(2, 0xabcd)

static int calls(unsigned way)
{
	switch (way) {
	case 0:
		return sb_s390x_channel.store(SUBCHANNEL, bytes);
	case 1:
		return sb_s390x_channel.modify(SUBCHANNEL, bytes);
	case 2:
		return sb_s390x_channel.start(SUBCHANNEL, bytes);
	case 3:
		return sb_s390x_channel.test(SUBCHANNEL, bytes);
	default:
		return sb_s390x_channel.clear(SUBCHANNEL);
	}
}

static void each_instruction_of_channel_io(void)
{
	static const unsigned code[] = { CODE_STSCH, CODE_MSCH, CODE_SSCH, CODE_TSCH, CODE_CSCH };

	for (unsigned way = 0; way < sizeof code / sizeof *code; way++)
		for (trapped.cc = 0; trapped.cc < 4; trapped.cc++) {
			CHECK(calls(way) == (int)trapped.cc);
			CHECK(trapped.code == code[way] && trapped.first == 0x5abcd);
			CHECK(way == 4 || trapped.operand == (uintptr_t)bytes);
		}
	trapped.cc = 0;
}

static void a_queue_is_announced(void)
{
	sb_s390x_channel.notify(SUBCHANNEL, 7);
	CHECK(trapped.code == CODE_DIAG && trapped.subcode == 3);
	CHECK(trapped.name == SUBCHANNEL && trapped.queue == 7 && trapped.cookie == 0);
}

/* What the stack had before looks like a command that was done. */
static __attribute__((noinline)) void soil(void)
{
	uint16_t before[8192];

	for (unsigned i = 0; i < 8192; i++)
		before[i] = 1;
	__asm__ volatile("" : : "r"(before) : "memory");
}

/* All of them, if that was done; else the first one alone. */
static void all_sets_are_turned_on(void)
{
	static const uint16_t response[] = { 0, 1, 2, 4, 0x101, NO_ANSWER };

	for (trapped.cc = 0; trapped.cc < 4; trapped.cc++)
		for (unsigned i = 0; i < sizeof response / sizeof *response; i++) {
			int done = trapped.cc == 0 && response[i] == 1;

			trapped.response = response[i];
			soil();
			CHECK(sb_s390x_channel.sets() == (done ? SB_CHANNEL_SETS : 1));
			CHECK(trapped.code == CODE_CHSC);
		}
}

/* What a device has is little-endian. */
static void io_swaps_bytes(void)
{
	static uint32_t word;
	const uint8_t *byte = (const uint8_t *)&word;
	uintptr_t at = (uintptr_t)&word;

	sb_io_write32(at, 0x04030201);
	CHECK(byte[0] == 1 && byte[1] == 2 && byte[2] == 3 && byte[3] == 4);
	CHECK(sb_io_read32(at) == 0x04030201 && sb_io_read16(at) == 0x0201 && sb_io_read8(at) == 1);
	sb_io_write16(at, 0x0605);
	sb_io_write8(at + 3, 9);
	CHECK(byte[0] == 5 && byte[1] == 6 && byte[2] == 3 && byte[3] == 9);
	sb_io_publish();
	sb_io_acquire();
	sb_io_relax();
}

void user_main(void)
{
	RUN(the_list_of_facilities);
	RUN(the_clock_goes_on);
	RUN(a_clock_in_error_is_none);
	RUN(the_query_is_executed);
	RUN(the_probe_asks_first);
	RUN(bytes_of_a_source);
	RUN(the_ultravisor_is_called);
	RUN(each_instruction_of_channel_io);
	RUN(a_queue_is_announced);
	RUN(all_sets_are_turned_on);
	RUN(io_swaps_bytes);
}
