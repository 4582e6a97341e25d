/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random numbers of Arm firmware, over a call by script and over the server
 * of tests/firmware, right and hostile. Needs hal/firmware/smccc_trng.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "../firmware/firmware.h"
#include "fake.h"
#include "sb_smccc_trng.h"

#define PSCI_VERSION 0x84000000u
#define PSCI_FEATURES 0x8400000au
#define SMCCC_VERSION 0x80000000u
#define TRNG_VERSION 0x84000050u
#define TRNG_FEATURES 0x84000051u
#define TRNG_GET_UUID 0x84000052u
#define TRNG_RND 0x84000053u
#define TRNG_RND_64 0xc4000053u
#define NOTHING UINT64_MAX

static struct sb_smccc firmware;
static uint8_t buf[64];

/* What was called: function and argument; x2 and x3 were 0. */
static uint32_t called[32], argument[32];
static unsigned calls;

/* What the script answers to each call of probe, by the call. */
static uint64_t psci, smccc_known, smccc, version, has_rnd, has_rnd_64, has_uuid;
/* And to TRNG_RND or TRNG_GET_UUID, call by call; the last one stays. */
static uint64_t answer[8][4];
static unsigned answers;

static uint64_t answer_to(uint32_t function, uint32_t of)
{
	switch (function) {
	case PSCI_VERSION:
		return psci;
	case PSCI_FEATURES:
		return of == SMCCC_VERSION ? smccc_known : NOTHING;
	case SMCCC_VERSION:
		return smccc;
	case TRNG_VERSION:
		return version;
	case TRNG_FEATURES:
		return of == TRNG_RND        ? has_rnd
		       : of == TRNG_RND_64   ? has_rnd_64
		       : of == TRNG_GET_UUID ? has_uuid
					     : NOTHING;
	default:
		return NOTHING;
	}
}

static unsigned asked; /* TRNG_RND and TRNG_GET_UUID */

static void script(uint64_t reg[4])
{
	uint32_t function = (uint32_t)reg[0];

	assert_true(calls < 32 && reg[0] >> 32 == 0 && reg[1] >> 32 == 0);
	assert_true(reg[2] == 0 && reg[3] == 0);
	called[calls] = function;
	argument[calls++] = (uint32_t)reg[1];
	if (function == TRNG_RND || function == TRNG_RND_64 || function == TRNG_GET_UUID) {
		memcpy(reg, answer[asked < answers ? asked : answers - 1], sizeof answer[0]);
		asked++;
	} else {
		reg[0] = answer_to(function, (uint32_t)reg[1]);
		reg[1] = reg[2] = reg[3] = NOTHING;
	}
}

/* A firmware as it should be, called by SMC from 64 bits. */
static void fresh(void)
{
	memset(&firmware, 0, sizeof firmware);
	firmware.call = script;
	firmware.wide = 1;
	psci = smccc_known = has_rnd = has_rnd_64 = has_uuid = 0;
	psci = 0x10000;
	smccc = 0x10001;
	version = 0x10000;
	calls = asked = answers = 0;
}

static int setup(void **state)
{
	fresh();
	return fake_setup(state);
}

/* Byte number i of answer n is 24 n + i, or 12 n + i in 32 bits. */
static void counting(unsigned width)
{
	unsigned byte = 0;

	answers = 8;
	for (unsigned n = 0; n < answers; n++) {
		memset(answer[n], 0, sizeof answer[n]);
		for (unsigned i = 3; i; i--)
			for (unsigned at = 0; at < width; at++)
				answer[n][i] |= (uint64_t)(uint8_t)++byte << 8 * at;
	}
}

static void holds(size_t len)
{
	for (size_t i = 0; i < sizeof buf; i++)
		assert_int_equal(buf[i], i < len ? i + 1 : 0xa5);
}

/* Each call asks for all that its registers hold, however little is wanted. */
static void every_length(void **state)
{
	(void)state;
	for (unsigned width = 8; width >= 4; width -= 4) {
		for (size_t len = 1; len <= 64; len++) {
			fresh();
			firmware.wide = width == 8;
			counting(width);
			assert_int_equal(sb_smccc_trng.probe(&firmware), SB_OK);
			calls = 0;
			memset(buf, 0xa5, sizeof buf);
			assert_int_equal(sb_smccc_trng.read(&firmware, buf, len), len);
			holds(len);
			assert_int_equal(calls, (len + 3 * width - 1) / (3 * width));
			for (unsigned i = 0; i < calls; i++) {
				assert_int_equal(called[i], width == 8 ? TRNG_RND_64 : TRNG_RND);
				assert_int_equal(argument[i], 24 * width);
			}
		}
	}
}

/* What was had before is handed over. */
static void entropy_that_ends(void **state)
{
	static const uint64_t empty[] = { (uint64_t)-3, 0xfffffffdu, 0xabcdeffffffffffdu };

	(void)state;
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
		for (unsigned after = 0; after < 3; after++) {
			fresh();
			counting(8);
			answer[after][0] = empty[i];
			assert_int_equal(sb_smccc_trng.probe(&firmware), SB_OK);
			memset(buf, 0xa5, sizeof buf);
			assert_int_equal(sb_smccc_trng.read(&firmware, buf, 64),
					 after ? (int)after * 24 : SB_EAGAIN);
			holds(after * 24);
			assert_int_equal(asked, after + 1);
		}
	}
}

/* Each other status, in the first call or in a later one. */
static void every_other_status(void **state)
{
	static const uint64_t wrong[] = { NOTHING,     (uint64_t)-2, (uint64_t)-4, 1,          2,
					  0xffffffffu, 0xfffffffeu,  0x80000000u,  0x7fffffffu };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		for (unsigned after = 0; after < 3; after++) {
			fresh();
			counting(8);
			answer[after][0] = wrong[i];
			assert_int_equal(sb_smccc_trng.probe(&firmware), SB_OK);
			assert_int_equal(sb_smccc_trng.read(&firmware, buf, 64), SB_EIO);
			assert_int_equal(asked, after + 1);
		}
	}
	fresh();
	counting(8);
	answer[0][0] = 0xdeadbeef00000000u; /* a success of 32 bits */
	assert_int_equal(sb_smccc_trng.probe(&firmware), SB_OK);
	assert_int_equal(sb_smccc_trng.read(&firmware, buf, 24), 24);
}

/* 0, or as it was passed, in each register. A half of one counts. */
static void registers_that_were_not_filled(void **state)
{
	(void)state;
	for (unsigned width = 8; width >= 4; width -= 4) {
		for (unsigned i = 1; i <= 3; i++) {
			for (unsigned way = 0; way < 4; way++) {
				fresh();
				firmware.wide = width == 8;
				counting(width);
				answer[0][i] = way & 1 ? 24 * width : 0;
				/* above 32 bits: nobody's, or a half */
				answer[0][i] |= way & 2 ? 0x100000000u : 0;
				assert_int_equal(sb_smccc_trng.probe(&firmware), SB_OK);
				assert_int_equal(sb_smccc_trng.read(&firmware, buf, 4), SB_EIO);
			}
		}
	}
}

/* All ones are a number, and so is what repeats itself. */
static void numbers_that_look_odd(void **state)
{
	(void)state;
	answers = 1;
	for (unsigned wide = 0; wide < 2; wide++) {
		fresh();
		answers = 1;
		firmware.wide = (uint8_t)wide;
		answer[0][0] = 0;
		answer[0][1] = 0xffffffffffffffffu;
		answer[0][2] = 0x0000000100000001u;
		answer[0][3] = 0xaaaaaaaa000000c1u;
		assert_int_equal(sb_smccc_trng.probe(&firmware), SB_OK);
		assert_int_equal(sb_smccc_trng.read(&firmware, buf, wide ? 24 : 12),
				 wide ? 24 : 12);
		assert_int_equal(buf[0], 0xc1);
		assert_int_equal(buf[4], wide ? 0xaa : 1);
		assert_int_equal(buf[wide ? 23 : 11], 0xff);
	}
}

/*
 * Where others go wrong. TF-A masks by a shift of 64 less `bits % 64`: on
 * AArch32 64 bits are all zero. crosvm begins with the first register where
 * fewer than three are asked for.
 */
static uint32_t of_others;

static void tf_a_on_32(uint64_t reg[4])
{
	uint32_t bits = (uint32_t)reg[1];
	uint64_t mask = bits % 64 ? UINT64_MAX >> (64 - bits % 64) : 0;

	reg[0] = 0;
	for (unsigned i = 0; i < 2; i++) {
		uint64_t word = 0x9e3779b97f4a7c15u * ++of_others;

		word &= i == (bits - 1) / 64 ? mask : UINT64_MAX;
		reg[3 - 2 * i] = (uint32_t)word;
		reg[2] = i ? reg[2] : word >> 32;
	}
}

static void crosvm(uint64_t reg[4])
{
	uint32_t width = reg[0] == TRNG_RND ? 32 : 64;
	uint32_t words = ((uint32_t)reg[1] + width - 1) / width;

	reg[0] = 0;
	for (unsigned i = 1; i <= 3; i++)
		reg[i] = i <= words ? 0x9e3779b97f4a7c15u * ++of_others >> (64 - width) : 0;
}

static void no_zeros(sb_smccc_call *call, uint32_t rnd, size_t len)
{
	uint8_t zeros[4] = { 0 };

	firmware.call = call;
	firmware.rnd = rnd;
	assert_int_equal(sb_smccc_trng.read(&firmware, buf, len), len);
	for (size_t i = 0; i + 4 <= len; i += 4)
		assert_memory_not_equal(buf + i, zeros, 4);
}

static void servers_of_others(void **state)
{
	(void)state;
	for (size_t len = 4; len <= 64; len += 4) {
		no_zeros(tf_a_on_32, TRNG_RND, len);
		no_zeros(crosvm, TRNG_RND, len);
		no_zeros(crosvm, TRNG_RND_64, len);
	}
}

/* The registers have 64 bits, and the server's numbers have 32. */
static void half_filled(uint64_t reg[4])
{
	reg[0] = 0;
	for (unsigned i = 1; i <= 3; i++)
		reg[i] = 0x9e3779b97f4a7c15u * ++of_others >> 32;
}

static void half_of_each_register(void **state)
{
	(void)state;
	firmware.call = half_filled;
	firmware.rnd = TRNG_RND_64;
	assert_int_equal(sb_smccc_trng.read(&firmware, buf, 48), SB_EIO);
	firmware.rnd = TRNG_RND;
	assert_int_equal(sb_smccc_trng.read(&firmware, buf, 48), 48);
}

static void made(const uint32_t *list, unsigned count)
{
	assert_int_equal(calls, count);
	for (unsigned i = 0; i < count; i++) {
		assert_int_equal(called[i], list[i]);
		if (list[i] != PSCI_FEATURES && list[i] != TRNG_FEATURES)
			assert_int_equal(argument[i], 0);
	}
}

/* A monitor is asked for nothing that it may not know. */
static void what_probe_asks(void **state)
{
	static const uint32_t all[] = { PSCI_VERSION, PSCI_FEATURES, SMCCC_VERSION,
					TRNG_VERSION, TRNG_FEATURES, TRNG_FEATURES };
	static const struct {
		uint64_t *of, value;
		int result;
		unsigned count;
	} row[] = {
		{ &psci, 0xffff, SB_ENODEV, 1 },
		{ &psci, NOTHING, SB_ENODEV, 1 },
		{ &psci, 0xffffffffu, SB_ENODEV, 1 },
		{ &psci, 0x10000, SB_OK, 5 },
		{ &psci, 0x20000, SB_OK, 5 },
		{ &smccc_known, NOTHING, SB_ENODEV, 2 },
		{ &smccc_known, 0xffffffffu, SB_ENODEV, 2 },
		{ &smccc_known, 1, SB_OK, 5 },
		{ &smccc, 0x10000, SB_ENODEV, 3 },
		{ &smccc, 0xffffffffu, SB_ENODEV, 3 },
		{ &smccc, 0x10001, SB_OK, 5 },
		{ &smccc, 0x10005, SB_OK, 5 },
		{ &version, NOTHING, SB_ENODEV, 4 },
		{ &version, 0xffffffffu, SB_ENODEV, 4 },
		{ &version, 0, SB_EUNFIT, 4 },
		{ &version, 0xffff, SB_EUNFIT, 4 },
		{ &version, 0x1ffff, SB_OK, 5 },
		{ &version, 0x20000, SB_EUNFIT, 4 },
		{ &version, 0x7fffffff, SB_EUNFIT, 4 },
		{ &has_rnd_64, 1, SB_OK, 5 },
		{ &has_rnd_64, NOTHING, SB_OK, 6 },
		{ &has_rnd_64, 0xffffffffu, SB_OK, 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		fresh();
		*row[i].of = row[i].value;
		assert_int_equal(sb_smccc_trng.probe(&firmware), row[i].result);
		made(all, row[i].count);
	}
	assert_int_equal(argument[1], SMCCC_VERSION);
	assert_int_equal(argument[4], TRNG_RND_64);
	assert_int_equal(argument[5], TRNG_RND);
	fresh();
	has_rnd = has_rnd_64 = NOTHING;
	assert_int_equal(sb_smccc_trng.probe(&firmware), SB_ENODEV);
	made(all, 6);
	fresh();
	firmware.wide = 0; /* a call of 64 bits is not for it */
	assert_int_equal(sb_smccc_trng.probe(&firmware), SB_OK);
	made(all, 5);
	assert_int_equal(argument[4], TRNG_RND);
	fresh();
	firmware.wide = 0;
	has_rnd = NOTHING;
	assert_int_equal(sb_smccc_trng.probe(&firmware), SB_ENODEV);
}

/* 64 bits, but for a server that has them not. */
static void which_call_is_made(void **state)
{
	(void)state;
	counting(4);
	has_rnd_64 = NOTHING;
	assert_int_equal(sb_smccc_trng.probe(&firmware), SB_OK);
	calls = 0;
	assert_int_equal(sb_smccc_trng.read(&firmware, buf, 12), 12);
	assert_true(calls == 1 && called[0] == TRNG_RND && argument[0] == 96);
}

static void one_driver_an_instruction(void **state)
{
	(void)state;
	assert_int_equal(sb_smccc_trng_hvc.probe(&firmware), SB_ENODEV);
	assert_int_equal(calls, 0);
	firmware.hvc = 1;
	assert_int_equal(sb_smccc_trng.probe(&firmware), SB_ENODEV);
	assert_int_equal(calls, 0);
	assert_int_equal(sb_smccc_trng_hvc.probe(&firmware), SB_OK);
	firmware.call = NULL;
	assert_int_equal(sb_smccc_trng_hvc.probe(&firmware), SB_ENODEV);
	firmware.hvc = 0;
	assert_int_equal(sb_smccc_trng.probe(&firmware), SB_ENODEV);
	assert_int_equal(sb_smccc_trng.flags, SB_CONDITIONED);
	assert_int_equal(sb_smccc_trng_hvc.flags, SB_CONDITIONED | SB_HOST);
	assert_int_equal(sb_smccc_trng.entropy, 2048);
	assert_int_equal(sb_smccc_trng_hvc.entropy, 2048);
	assert_int_equal(sb_smccc_trng.width, 4);
	assert_int_equal(sb_smccc_trng_hvc.width, 4);
	sb_smccc_trng.stop(&firmware);
	sb_smccc_trng_hvc.stop(&firmware);
}

/* KVM's, as DEN0098 has it in registers, is 0d21e000-4384-11eb-8070-52445... */
static void who_answers(void **state)
{
	static const uint8_t kvm[16] = { 0x0d, 0x21, 0xe0, 0x00, 0x43, 0x84, 0x11, 0xeb,
					 0x80, 0x70, 0x52, 0x44, 0x55, 0x4e, 0x5a, 0x4c };
	uint8_t uuid[16];

	(void)state;
	answers = 1;
	answer[0][0] = 0xffffffff00e0210du;
	answer[0][1] = 0xeb118443u;
	answer[0][2] = 0x44527080u;
	answer[0][3] = 0x123456784c5a4e55u;
	assert_int_equal(sb_smccc_trng_uuid(&firmware, uuid), SB_OK);
	assert_memory_equal(uuid, kvm, 16);
	assert_int_equal(called[4], TRNG_FEATURES);
	assert_int_equal(argument[4], TRNG_GET_UUID);
	assert_int_equal(called[5], TRNG_GET_UUID);
	assert_int_equal(argument[5], 0);
	assert_int_equal(calls, 6);
	answer[0][0] = 0xffffffffu; /* not supported, said in 32 bits */
	assert_int_equal(sb_smccc_trng_uuid(&firmware, uuid), SB_ENODEV);
	has_uuid = NOTHING;
	answer[0][0] = 1;
	calls = 0;
	assert_int_equal(sb_smccc_trng_uuid(&firmware, uuid), SB_ENODEV);
	assert_int_equal(calls, 5);
	has_uuid = 0;
	version = 0x20000;
	calls = 0;
	assert_int_equal(sb_smccc_trng_uuid(&firmware, uuid), SB_ENODEV);
	assert_int_equal(calls, 4);
	firmware.call = NULL;
	assert_int_equal(sb_smccc_trng_uuid(&firmware, uuid), SB_ENODEV);
}

/* The server of tests/firmware. */
static struct serve server;
static uint64_t random_state;

static void random_word(uint64_t *word)
{
	random_state += 0x9e3779b97f4a7c15u;
	*word = random_state * (random_state >> 31 | 1);
}

static void ones(uint64_t *word)
{
	*word = UINT64_MAX;
}

static void by_server(uint64_t reg[4])
{
	assert_int_equal(serve(&server, reg), 1);
}

static void behaves(enum serve_kind kind)
{
	memset(&server, 0, sizeof server);
	server.kind = kind;
	server.random = random_word;
	firmware.call = by_server;
}

/*
 * Each number of bits: those that were asked for, and none above. A server that
 * shifts by the width of a word goes wrong where it divides them.
 */
static void the_server_gives_what_is_asked_for(void **state)
{
	(void)state;
	for (unsigned width = 64; width >= 32; width -= 32) {
		for (unsigned bits = 0; bits <= 3 * width + 1; bits++) {
			uint64_t reg[4] = { width == 64 ? TRNG_RND_64 : TRNG_RND, bits, 0, 0 };
			int wrong = bits == 0 || bits > 3 * width;

			behaves(SERVE_RIGHT);
			server.random = ones;
			assert_int_equal(serve(&server, reg), 1);
			assert_int_equal((int32_t)reg[0], wrong ? -2 : 0);
			for (unsigned i = 0; i < 3 * 64 && !wrong; i++) {
				unsigned at = i / 64 * width + i % 64;
				int is = (reg[3 - i / 64] >> i % 64 & 1) != 0;

				assert_int_equal(is, i % 64 < width && at < bits);
			}
		}
	}
}

/* What comes of each way to be wrong, first by the driver alone. */
static void each_kind(void **state)
{
	static const struct {
		enum serve_kind kind;
		int probe, read;
	} row[] = {
		{ SERVE_RIGHT, SB_OK, 48 },
		{ SERVE_NO_ENTROPY, SB_OK, SB_EAGAIN },
		{ SERVE_SELDOM, SB_OK, SB_EAGAIN },
		{ SERVE_LATE, SB_OK, SB_EAGAIN },
		{ SERVE_INVALID, SB_OK, SB_EIO },
		{ SERVE_NOT_SUPPORTED, SB_OK, SB_EIO },
		{ SERVE_POSITIVE, SB_OK, SB_EIO },
		{ SERVE_UNTOUCHED, SB_OK, SB_EIO },
		{ SERVE_FIRST_UNTOUCHED, SB_OK, SB_EIO },
		{ SERVE_ZEROS, SB_OK, SB_EIO },
		{ SERVE_REPEATS, SB_OK, 48 },
		{ SERVE_FEWER, SB_OK, SB_EIO },
		{ SERVE_VERSION_2, SB_EUNFIT, 0 },
		{ SERVE_VERSION_0, SB_EUNFIT, 0 },
		{ SERVE_NO_UUID, SB_OK, 48 },
		{ SERVE_NARROW, SB_OK, 48 },
		{ SERVE_GARBAGE, SB_OK, 48 },
		{ SERVE_NO_RND, SB_ENODEV, 0 },
		{ SERVE_NO_BACK_END, SB_ENODEV, 0 },
		{ SERVE_ZERO_EXTENDED, SB_ENODEV, 0 },
		{ SERVE_SMCCC_1_0, SB_ENODEV, 0 },
		{ SERVE_PSCI_0_2, SB_ENODEV, 0 },
		{ SERVE_NO_FEATURE, SB_ENODEV, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		assert_int_equal(row[i].kind, i);
		behaves(row[i].kind);
		assert_int_equal(sb_smccc_trng.probe(&firmware), row[i].probe);
		if (row[i].probe == SB_OK)
			assert_int_equal(sb_smccc_trng.read(&firmware, buf, 48), row[i].read);
	}
	behaves(SERVE_RIGHT);
	assert_int_equal(sb_smccc_trng_uuid(&firmware, buf), SB_OK);
	assert_int_equal(buf[0], 0x5e);
	assert_int_equal(buf[15], 1);
	behaves(SERVE_NO_UUID);
	assert_int_equal(sb_smccc_trng_uuid(&firmware, buf), SB_ENODEV);
}

/* Then by an instance: the server that repeats itself earns nothing. */
static void of_an_instance(void **state)
{
	static struct sb_source source[1] = { SB_SMCCC_TRNG(&firmware) };

	(void)state;
	fake.hal.sources = source;
	fake.hal.source_count = 1;
	behaves(SERVE_RIGHT);
	assert_int_equal(fake_ready(&bed), 2);
	assert_int_equal(fake_report(&bed, 0).bits, 768);
	seedbed_wipe(&bed);
	behaves(SERVE_REPEATS);
	assert_int_equal(fake_ready(&bed), -1);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_PROPORTION);
	assert_int_equal(fake_report(&bed, 0).bits, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_length, setup),
		cmocka_unit_test_setup(entropy_that_ends, setup),
		cmocka_unit_test_setup(every_other_status, setup),
		cmocka_unit_test_setup(registers_that_were_not_filled, setup),
		cmocka_unit_test_setup(numbers_that_look_odd, setup),
		cmocka_unit_test_setup(servers_of_others, setup),
		cmocka_unit_test_setup(half_of_each_register, setup),
		cmocka_unit_test_setup(what_probe_asks, setup),
		cmocka_unit_test_setup(which_call_is_made, setup),
		cmocka_unit_test_setup(one_driver_an_instruction, setup),
		cmocka_unit_test_setup(who_answers, setup),
		cmocka_unit_test_setup(the_server_gives_what_is_asked_for, setup),
		cmocka_unit_test_setup(each_kind, setup),
		cmocka_unit_test_setup(of_an_instance, setup),
	};

	return cmocka_run_group_tests_name("the random numbers of firmware", tests, NULL, NULL);
}
