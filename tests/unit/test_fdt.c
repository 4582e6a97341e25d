/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Device trees, well written and hostile. Needs hal/bus/fdt.c,
 * hal/seed/seed.c and hal/firmware/smccc_find.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "fake.h"
#include "sb_fdt.h"
#include "sb_seed.h"
#include "sb_smccc_trng.h"
#include "tree.h"

static struct sb_fdt fdt;
static struct sb_fdt_value value;

static const uint8_t seed[32] = { 1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16,
				  17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32 };

/* Other nodes are called chosen too. The right one comes last. */
static void usual(void)
{
	static const uint8_t registers[16] = { 0, 0, 0, 0x12, 0x34, 0x56, 0x78, 0x9a,
					       0, 0, 0, 0,    0,    0,    0x10, 0 };

	begin();
	node("");
	property("model", "none", 5);
	node("soc");
	node("chosen");
	property("rng-seed", "no", 3);
	end();
	node("intc@8000");
	property("compatible", "arm,gic-401\0arm,gic-400", 24);
	word(4);
	property("reg", registers, sizeof registers);
	node("child");
	property("other", "x", 1);
	end();
	end();
	node("intc@9000");
	property("reg", "second!", 8);
	property("compatible", "arm,gic-400", 12);
	end();
	end();
	node("chose");
	property("rng-seed", "no", 3);
	end();
	node("chosenx");
	property("rng-seed", "no", 3);
	end();
	node("chosen");
	property("rng-seed-not", "no", 3);
	property("rng-seed", seed, sizeof seed);
	node("chosen");
	property("kaslr-seed", "no", 3);
	end();
	end();
	end();
	finish();
}

static int get(const char *path, const char *name)
{
	return sb_fdt_get(&fdt, path, name, &value);
}

static void found_by_path(void **state)
{
	(void)state;
	usual();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(get("/chosen", "rng-seed"), SB_OK);
	assert_int_equal(value.len, 32);
	assert_memory_equal(value.at, seed, 32);
	assert_true(value.at > blob && value.at + 32 < blob + blob_len);
	assert_int_equal(get("/", "model"), SB_OK);
	assert_string_equal((char *)value.at, "none");
	assert_int_equal(get("/soc/chosen", "rng-seed"), SB_OK);
	assert_int_equal(value.len, 3);
	assert_int_equal(get("/soc/intc@9000", "reg"), SB_OK);
	assert_string_equal((char *)value.at, "second!");
	assert_int_equal(get("/soc/intc", "reg"), SB_OK);
	assert_int_equal(value.len, 16);
	assert_true(sb_fdt_cell(&value, 0) == 0x12 && sb_fdt_cell(&value, 3) == 0x1000 &&
		    sb_fdt_cell(&value, 4) == 0);
	assert_true(sb_fdt_cells(&value, 0) == 0x123456789aull &&
		    sb_fdt_cells(&value, 3) == 0x100000000000ull);
}

static void not_found_by_path(void **state)
{
	static const char *const none[][2] = {
		{ "/chosen", "kaslr-seed" }, { "/chosen", "rng" },
		{ "/chosen", "model" },      { "/soc", "rng-seed" },
		{ "/intc", "reg" },          { "/soc/intc@8", "reg" },
		{ "/chosen/x", "reg" },      { "/soc/intc@9000/child", "other" },
		{ "/soc", "other" },         { "/soc/intc", "other" },
		{ "/", "rng-seed" },         { "/child", "other" },
		{ "/cho", "rng-seed" },      { "/chosen", "rng-seed-" },
		{ "/soc/so", "rng-seed" },
	};

	(void)state;
	usual();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_int_equal(get(none[i][0], none[i][1]), SB_ENODEV);
}

static void found_by_compatible(void **state)
{
	(void)state;
	usual();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(sb_fdt_find(&fdt, "arm,gic-400", 0, "reg", &value), SB_OK);
	assert_int_equal(value.len, 16);
	assert_int_equal(sb_fdt_find(&fdt, "arm,gic-400", 1, "reg", &value), SB_OK);
	assert_string_equal((char *)value.at, "second!");
	assert_int_equal(sb_fdt_find(&fdt, "arm,gic-400", 2, "reg", &value), SB_ENODEV);
	assert_int_equal(sb_fdt_find(&fdt, "arm,gic-401", 0, "reg", &value), SB_OK);
	assert_int_equal(sb_fdt_find(&fdt, "arm,gic-401", 1, "reg", &value), SB_ENODEV);
	assert_int_equal(sb_fdt_find(&fdt, "arm,gic-40", 0, "reg", &value), SB_ENODEV);
	assert_int_equal(sb_fdt_find(&fdt, "gic-400", 0, "reg", &value), SB_ENODEV);
	assert_int_equal(sb_fdt_find(&fdt, "arm,gic-400", 0, "other", &value),
			 SB_ENODEV); /* of its child */
	assert_int_equal(sb_fdt_find(&fdt, "none", 0, "model", &value), SB_ENODEV);
	assert_int_equal(sb_fdt_find(&fdt, "arm,gic-400", 0, "rng-seed", &value), SB_ENODEV);
}

/* Each header word that could lead out of the blob. */
static void refused_headers(void **state)
{
	static const struct {
		uint32_t at, word;
	} wrong[] = {
		{ 0, 0xedfe0dd0 },  { 4, 0xffffffff }, { 8, 0xfffffffc },  { 8, 58 },
		{ 12, 0xffffffff }, { 20, 16 },        { 24, 18 },         { 32, 0x10000 },
		{ 32, 0xffffffff }, { 36, 0x10000 },   { 36, 0xffffffff }, { 36, 0xfffffff0 }
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		usual();
		set(wrong[i].at, wrong[i].word);
		assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_ENODEV);
	}
	usual();
	assert_int_equal(sb_fdt_open(&fdt, NULL, blob_len), SB_ENODEV);
	assert_int_equal(sb_fdt_open(&fdt, blob, 39), SB_ENODEV);
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len - 1), SB_ENODEV);
	assert_int_equal(sb_fdt_open(&fdt, blob, sizeof blob), SB_OK);
	memmove(blob + 2, blob, blob_len);
	assert_int_equal(sb_fdt_open(&fdt, blob + 2, blob_len), SB_ENODEV);
}

/* Each part may end with the blob, and not a byte behind it. */
static void parts_that_just_fit(void **state)
{
	static const uint32_t offsets[] = { 8, 12 }, lengths[] = { 36, 32 };
	uint32_t total;

	(void)state;
	usual();
	total = blob_len;
	for (size_t i = 0; i < 2; i++) {
		uint32_t offset = i ? total - names_len : STRUCTURE;

		usual();
		set(lengths[i], total - offset);
		assert_int_equal(sb_fdt_open(&fdt, blob, total), SB_OK);
		assert_int_equal(i ? fdt.strings_len : fdt.structure_len, total - offset);
		set(lengths[i], total - offset + 1);
		assert_int_equal(sb_fdt_open(&fdt, blob, total), SB_ENODEV);
		set(offsets[i], total & ~3u);
		set(lengths[i], total % 4);
		assert_int_equal(sb_fdt_open(&fdt, blob, total), SB_OK);
		set(offsets[i], (total & ~3u) + 4);
		set(lengths[i], 0);
		assert_int_equal(sb_fdt_open(&fdt, blob, total), SB_ENODEV);
		set(offsets[i], 40);
		set(lengths[i], 0);
		assert_int_equal(sb_fdt_open(&fdt, blob, total), SB_OK);
		assert_int_equal(get("/", "model"), SB_ENODEV);
	}
}

/* Sums of 32 bits hold up to here, and the header alone is read to open it. */
static void sizes_and_versions(void **state)
{
	static const struct {
		uint32_t total, version, compatible;
		int result;
	} expected[] = {
		{ 0x7fffffff, 17, 17, SB_OK },     { 0x80000000, 17, 17, SB_ENODEV },
		{ 0xffffffff, 17, 17, SB_ENODEV }, { 0x7fffffff, 16, 16, SB_ENODEV },
		{ 0x7fffffff, 18, 17, SB_OK },     { 0x7fffffff, 18, 18, SB_ENODEV },
		{ 0x7fffffff, 17, 0, SB_OK },
	};

	(void)state;
	usual();
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		set(4, expected[i].total);
		set(20, expected[i].version);
		set(24, expected[i].compatible);
		assert_int_equal(sb_fdt_open(&fdt, blob, 0xffffffff), expected[i].result);
	}
	begin();
	set(0, 0xd00dfeed);
	set(4, 40);
	set(20, 17);
	assert_int_equal(sb_fdt_open(&fdt, blob, 40), SB_OK); /* a header and nothing else */
	assert_int_equal(get("/", "model"), SB_ENODEV);
	set(8, 40);
	set(12, 40);
	assert_int_equal(sb_fdt_open(&fdt, blob, 40), SB_OK);
	assert_int_equal(sb_fdt_open(&fdt, blob, 39), SB_ENODEV);
}

/* A value may end with the structure, and a name with the strings. */
static void properties_that_just_fit(void **state)
{
	uint32_t at, len;

	(void)state;
	begin();
	node("");
	at = blob_len;
	property("model", "none", 5);
	finish();
	len = structure_len - 8 - 12;
	set(at + 4, len);
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(get("/", "model"), SB_OK);
	assert_int_equal(value.len, len);
	for (uint32_t more = 1; more < 40; more++) {
		set(at + 4, len + more);
		assert_int_equal(get("/", "model"), SB_ENODEV);
	}
	set(at + 4, 5);
	assert_int_equal(get("/", "model"), SB_OK);
	fdt.strings_len--; /* its name has no end any more */
	assert_int_equal(get("/", "model"), SB_ENODEV);
	fdt.strings_len++;
	fdt.structure_len = 4 + 4 + 11; /* the head of the property does not fit */
	set(at + 4, 0);
	assert_int_equal(get("/", "model"), SB_ENODEV);
	fdt.structure_len = 4 + 4 + 12;
	assert_int_equal(get("/", "model"), SB_OK);
	assert_int_equal(value.len, 0);
	set(at + 8, names_len); /* a name behind the strings */
	assert_int_equal(get("/", "model"), SB_ENODEV);
}

/* A node whose name has its end in the last word of the structure, or not. */
static void names_that_just_fit(void **state)
{
	(void)state;
	begin();
	node("");
	node("abc");
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	fdt.structure_len = 4 + 4 + 8; /* the node is whole */
	assert_int_equal(sb_fdt_get(&fdt, "/abc", "x", &value), SB_ENODEV);
	memcpy(blob + STRUCTURE + 12, "abcd", 4);
	assert_int_equal(sb_fdt_get(&fdt, "/abcd", "x", &value), SB_ENODEV);
	for (size_t len = 1; len < 10; len++) {
		char name[10] = "";

		memset(name, 'x', len);
		begin();
		node("");
		node(name);
		property("reg", "1234567", 8);
		property("compatible", "a,b", 4);
		end();
		finish();
		assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
		fdt.structure_len -= 4; /* nothing says where it ends, and it does */
		assert_int_equal(sb_fdt_find(&fdt, "a,b", 0, "reg", &value), SB_OK);
		fdt.structure_len -= 4;
		assert_int_equal(sb_fdt_find(&fdt, "a,b", 0, "reg", &value), SB_ENODEV);
	}
}

/*
 * Asks for all that a board asks for, of a copy that ends where the memory
 * ends. All answers must lie within it.
 */
static void ask_all(uint32_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, blob, len);
	if (sb_fdt_open(&fdt, copy, len) == SB_OK) {
		const char *const paths[] = { "/chosen", "/", "/soc/intc@9000" };

		for (int i = 0; i < 6; i++) {
			value.at = copy;
			value.len = 0;
			if (i < 3)
				(void)sb_fdt_get(&fdt, paths[i], i ? "reg" : "rng-seed", &value);
			else
				(void)sb_fdt_find(&fdt, "arm,gic-400", (unsigned)i - 3, "reg",
						  &value);
			assert_true(value.at >= copy && value.at <= copy + len &&
				    value.len <= len - (uint32_t)(value.at - copy));
			(void)sb_fdt_cells(&value, value.len / 4);
		}
	}
	free(copy);
}

static void truncated(void **state)
{
	uint32_t whole;

	(void)state;
	usual();
	whole = blob_len;
	for (uint32_t len = 0; len <= whole; len++) {
		ask_all(len); /* the header says more than there is */
		if (len < 40)
			continue;
		usual();
		set(4, len); /* the header says as much as there is */
		ask_all(len);
		if (len >= STRUCTURE)
			set(36, structure_len < len - STRUCTURE ? structure_len : len - STRUCTURE);
		set(12, 40);
		set(32, len - 40); /* and its parts still fit */
		ask_all(len);
		usual();
	}
}

/* Each byte in turn becomes another one. No answer may lead outside. */
static void hostile(void **state)
{
	static const uint8_t flips[] = { 0x01, 0x02, 0x07, 0x80, 0xff };

	(void)state;
	usual();
	for (uint32_t at = 0; at < blob_len; at++) {
		for (size_t i = 0; i < sizeof flips; i++) {
			blob[at] ^= flips[i];
			ask_all(blob_len);
			blob[at] ^= flips[i];
		}
	}
}

/* Nothing behind a mistake is reached. A name that is too long is a mistake. */
static void ends_at_a_mistake(void **state)
{
	char name[SB_FDT_NAME_MAX + 1];

	(void)state;
	for (size_t extra = 0; extra < 2; extra++) {
		begin();
		memset(name, 'n', sizeof name);
		name[SB_FDT_NAME_MAX - 1 + extra] = 0;
		node("");
		node(name);
		end();
		node("chosen");
		property("rng-seed", seed, 32);
		end();
		end();
		finish();
		assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
		assert_int_equal(get("/chosen", "rng-seed"), extra ? SB_ENODEV : SB_OK);
	}
	usual();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	set(STRUCTURE + 8, 5); /* no token, where model was */
	assert_int_equal(get("/chosen", "rng-seed"), SB_ENODEV);
	for (int ends = 1; ends <= 2; ends++) {
		begin();
		node("");
		for (int i = 0; i < ends; i++)
			end();
		node("chosen");
		property("rng-seed", seed, 32);
		finish();
		assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
		assert_int_equal(get("/chosen", "rng-seed"), SB_ENODEV);
		assert_int_equal(get("/", "rng-seed"), SB_ENODEV);
	}
}

/*
 * The structure ends within the padding of a property. The bytes behind it look
 * like another property.
 */
static void ends_with_the_structure(void **state)
{
	(void)state;
	begin();
	node("");
	property("last", "abc", 3);
	property("model", "none", 5);
	finish();
	set(36, 4 + 4 + 12 + 3);
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(get("/", "last"), SB_OK);
	assert_int_equal(get("/", "model"), SB_ENODEV);
}

/* No token is a token, wherever it stands. */
static void tokens_that_say_nothing(void **state)
{
	(void)state;
	begin();
	word(4);
	node("");
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(get("/", "model"), SB_ENODEV); /* the root comes first */
	begin();
	word(4);
	property("model", "none", 5);
	property("compatible", "a,b", 4);
	node("");
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(get("/", "model"), SB_ENODEV);
	begin();
	property("model", "none", 5);
	node("");
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(get("/", "model"), SB_ENODEV);
	assert_int_equal(sb_fdt_find(&fdt, "a,b", 0, "model", &value), SB_ENODEV);
	begin();
	node("");
	word(4);
	property("model", "none", 5);
	node("soc");
	word(4);
	property("compatible", "a,b", 4);
	word(4);
	word(4);
	property("reg", "1234567", 8);
	word(4);
	end();
	word(4);
	node("chosen");
	word(4);
	property("rng-seed", seed, 32);
	end();
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(get("/", "model"), SB_OK);
	assert_int_equal(get("/chosen", "rng-seed"), SB_OK);
	assert_int_equal(sb_fdt_find(&fdt, "a,b", 0, "reg", &value), SB_OK);
	assert_int_equal(value.len, 8);
	assert_int_equal(get("/soc", "reg"), SB_OK);
}

/* The list of what a device is compatible with ends where its value does. */
static void lists_without_an_end(void **state)
{
	(void)state;
	begin();
	node("");
	node("a");
	property("reg", "1", 1);
	property("compatible", "a,b\0c,dx", 7);
	end();
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(sb_fdt_find(&fdt, "a,b", 0, "reg", &value), SB_OK);
	assert_int_equal(sb_fdt_find(&fdt, "c,d", 0, "reg", &value), SB_ENODEV);
	assert_int_equal(sb_fdt_find(&fdt, "c,dx", 0, "reg", &value), SB_ENODEV);
	assert_int_equal(sb_fdt_find(&fdt, "", 0, "reg", &value), SB_ENODEV);
	assert_int_equal(sb_fdt_find(&fdt, "a,b", 0, "compatible", &value), SB_OK);
	assert_int_equal(value.len, 7);
}

static void cells_end_with_the_value(void **state)
{
	static uint8_t raw[] = { 0x81, 0x02, 0x03, 0x04, 0xf5, 0x06, 0x07, 0x08, 9, 10, 11 };
	struct sb_fdt_value cells = { raw, sizeof raw };

	(void)state;
	assert_true(sb_fdt_cell(&cells, 0) == 0x81020304 && sb_fdt_cell(&cells, 1) == 0xf5060708);
	assert_true(sb_fdt_cell(&cells, 2) == 0 && sb_fdt_cell(&cells, 0x40000000) == 0);
	assert_true(sb_fdt_cells(&cells, 0) == 0x81020304f5060708u);
	assert_true(sb_fdt_cells(&cells, 1) == 0xf506070800000000u);
	cells.len = 3;
	assert_true(sb_fdt_cell(&cells, 0) == 0);
}

/* A node that is off stays so, wherever that stands among its properties. */
static void off_nodes_and_several_values(void **state)
{
	static const char *const wanted[] = { "reg", "ranges", "model" };
	struct sb_fdt_value values[3];
	uint32_t at = 0;

	(void)state;
	begin();
	node("");
	node("a");
	property("status", "disabled", 9);
	property("compatible", "a,b", 4);
	property("reg", "off", 4);
	end();
	node("b");
	property("compatible", "a,b", 4);
	property("reg", "1234567", 8);
	property("status", "okay", 5);
	property("model", "none", 5);
	end();
	node("c");
	property("compatible", "a,b", 4);
	property("ranges", "without reg", 12);
	end();
	node("d");
	property("reg", "123", 4);
	property("compatible", "a,b", 4);
	end();
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	memset(values, 0xee, sizeof values);
	assert_int_equal(sb_fdt_find_all(&fdt, "a,b", 0, wanted, values, 3), SB_OK);
	assert_string_equal((char *)values[0].at, "1234567");
	assert_null(values[1].at);
	assert_string_equal((char *)values[2].at, "none");
	memset(values, 0xee, sizeof values);
	assert_int_equal(sb_fdt_find_all(&fdt, "a,b", 1, wanted, values, 3), SB_OK);
	assert_string_equal((char *)values[0].at, "123");
	assert_true(!values[1].at && !values[2].at); /* nothing of another node */
	assert_int_equal(sb_fdt_find_all(&fdt, "a,b", 2, wanted, values, 3), SB_ENODEV);
	assert_int_equal(sb_fdt_find_all(&fdt, "a,b", UINT32_MAX, wanted, values, 3), SB_ENODEV);
	/* the same, one after the other */
	assert_int_equal(sb_fdt_each(&fdt, "a,b", &at, wanted, values, 3), SB_OK);
	assert_string_equal((char *)values[0].at, "1234567");
	assert_int_equal(sb_fdt_each(&fdt, "a,b", &at, wanted, values, 3), SB_OK);
	assert_string_equal((char *)values[0].at, "123");
	assert_true(!values[1].at && !values[2].at);
	assert_int_equal(sb_fdt_each(&fdt, "a,b", &at, wanted, values, 3), SB_ENODEV);
	assert_int_equal(sb_fdt_each(&fdt, "a,b", &at, wanted, values, 3), SB_ENODEV);
	begin(); /* properties of nobody, and no value of before */
	property("compatible", "a,b", 4);
	node("");
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	memset(values, 0xee, sizeof values);
	assert_int_equal(sb_fdt_find_all(&fdt, "a,b", 0, wanted, values, 3), SB_ENODEV);
	begin();
	property("compatible", "a,b", 4);
	property("reg", "1", 2);
	node("");
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	memset(values, 0xee, sizeof values);
	(void)sb_fdt_find_all(&fdt, "a,b", 0, wanted, values, 3);
	assert_true(!values[1].at && !values[2].at);
	begin(); /* of the first node, too */
	node("");
	property("compatible", "a,b", 4);
	property("reg", "1", 2);
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	memset(values, 0xee, sizeof values);
	assert_int_equal(sb_fdt_find_all(&fdt, "a,b", 0, wanted, values, 3), SB_OK);
	assert_true(!values[1].at && !values[2].at);
}

/* A property behind a child still belongs to the parent. */
static void properties_out_of_place(void **state)
{
	(void)state;
	begin();
	node("");
	node("soc");
	node("chosen");
	end();
	property("rng-seed", seed, 32);
	end();
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	assert_int_equal(get("/chosen", "rng-seed"), SB_ENODEV);
	assert_int_equal(get("/soc", "rng-seed"), SB_OK);
}

/* As a board takes the seed: the blob does not hold it any longer, and each
   other property is found as before. */
static void seed_is_erased_in_the_blob(void **state)
{
	struct sb_seed_state taken;
	uint8_t buf[64];

	(void)state;
	usual();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	sb_fdt_seed(&fdt, &taken);
	assert_false(fake_found(blob, sizeof blob, seed, sizeof seed, 4));
	assert_int_equal(get("/chosen", "rng-seed"), SB_ENODEV);
	assert_int_equal(get("/chosen", "rng-seed-not"), SB_OK);
	assert_int_equal(get("/soc/chosen", "rng-seed"), SB_OK);
	assert_int_equal(get("/chose", "rng-seed"), SB_OK);
	assert_int_equal(get("/chosenx", "rng-seed"), SB_OK);
	assert_int_equal(get("/chosen/chosen", "kaslr-seed"), SB_OK);
	assert_string_equal((char *)value.at, "no");
	assert_int_equal(sb_seed_host.flags, SB_SEED | SB_HOST);
	assert_int_equal(sb_seed_host.probe(&taken), SB_OK);
	assert_int_equal(sb_seed_host.read(&taken, buf, sizeof buf), 32);
	assert_memory_equal(buf, seed, 32);
	assert_false(fake_found(&taken, sizeof taken, seed, sizeof seed, 4));
	assert_int_equal(sb_seed_host.read(&taken, buf, sizeof buf), SB_ENODEV);
	sb_fdt_seed(&fdt, &taken); /* taken once */
	assert_int_equal(taken.len, 0);
	assert_int_equal(sb_seed_host.probe(&taken), SB_ENODEV);
}

static uint8_t many[64];

/* A tree with so many seeds, each of such a length, in /chosen; the last
   property tells where the structure ends. */
static void chosen(unsigned count, uint32_t len, const char *last)
{
	begin();
	node("");
	node("chosen");
	property("kaslr-seed", "kaslr-seed", 8);
	for (unsigned i = 0; i < count; i++) {
		memset(many, (int)(0xa1 + i), sizeof many);
		property("rng-seed", many, len);
	}
	if (last) {
		property("last", last, strlen(last) + 1);
		end();
		end();
	}
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
}

/* No byte of them is left, and all else is. */
static void nothing_left(void)
{
	for (uint32_t i = STRUCTURE + 64; i < STRUCTURE + structure_len; i++)
		assert_true(blob[i] < 0xa1 || blob[i] > 0xa1 + SB_FDT_SEEDS);
	assert_int_equal(get("/chosen", "rng-seed"), SB_ENODEV);
	assert_int_equal(get("/chosen", "kaslr-seed"), SB_OK);
	assert_memory_equal(value.at, "kaslr-se", 8);
	assert_int_equal(get("/chosen", "last"), SB_OK);
	assert_string_equal((char *)value.at, "end");
}

/*
 * A long seed would be enough for a first output. 32 bytes of it are taken, and
 * the others are erased with them.
 */
static void seed_is_never_enough(void **state)
{
	struct sb_seed_state taken = { NULL, 99, { 0 } };

	(void)state;
	for (uint32_t len = 0; len <= sizeof many; len++) {
		chosen(1, len, "end");
		sb_fdt_seed(&fdt, &taken);
		assert_int_equal(taken.len, len < 32 ? len : 32);
		for (uint32_t i = 0; i < 32; i++)
			assert_int_equal(taken.at[i], i < len ? 0xa1 : 0);
		nothing_left();
	}
}

/* The first one that is not empty, and none where one would stay. */
static void several_seeds(void **state)
{
	struct sb_seed_state taken;

	(void)state;
	for (unsigned count = 2; count <= SB_FDT_SEEDS; count++) {
		chosen(count, 33, "end");
		sb_fdt_seed(&fdt, &taken);
		assert_int_equal(taken.len, 32);
		assert_int_equal(taken.at[0], 0xa1);
		assert_int_equal(taken.at[31], 0xa1);
		nothing_left();
	}
	for (unsigned more = 1; more < 4; more++) {
		chosen(SB_FDT_SEEDS + more, 32, "end");
		sb_fdt_seed(&fdt, &taken);
		assert_int_equal(taken.len, 0);
		for (unsigned i = 0; i < sizeof taken.kept; i++)
			assert_int_equal(taken.kept[i], 0);
		assert_int_equal(get("/chosen", "rng-seed"), more > 1 ? SB_OK : SB_ENODEV);
	}
	begin();
	node("");
	node("chosen");
	property("rng-seed", "", 0);
	property("rng-seed", "1234", 4);
	property("rng-seed", "123456789", 9);
	end();
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	sb_fdt_seed(&fdt, &taken);
	assert_int_equal(taken.len, 4);
	assert_memory_equal(taken.at, "1234", 4);
	assert_int_equal(get("/chosen", "rng-seed"), SB_ENODEV);
}

/* Erasing ends where the structure does, within the padding of the seed. */
static void a_seed_at_the_end(void **state)
{
	struct sb_seed_state taken;

	(void)state;
	for (uint32_t cut = 0; cut < 4; cut++) {
		uint32_t ends;

		chosen(1, 33, NULL);
		ends = STRUCTURE + structure_len - 4 - cut;
		set(36, structure_len - 4 - cut);
		assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
		memset(blob + ends, 0xee, 8);
		sb_fdt_seed(&fdt, &taken);
		assert_int_equal(taken.len, 32);
		assert_int_equal(get("/chosen", "rng-seed"), SB_ENODEV);
		assert_int_equal(blob[ends], 0xee);
		for (uint32_t i = ends - 34; i < ends; i++)
			assert_int_not_equal(blob[i], 0xa1);
	}
}

static void no_seed(void **state)
{
	uint8_t before[1] = { 1 };
	struct sb_seed_state taken = { before, 1, { 0 } };

	(void)state;
	begin();
	node("");
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	sb_fdt_seed(&fdt, &taken);
	assert_int_equal(taken.len, 0);
	assert_int_equal(sb_seed_host.probe(&taken), SB_ENODEV);
}

static void by_smc(uint64_t reg[4])
{
	(void)reg;
}

static void by_hvc(uint64_t reg[4])
{
	(void)reg;
}

/* How the tree says that the firmware is called. NULL: it does not say it. */
static struct sb_smccc firmware_of(const char *compatible, size_t len, const char *method,
				   size_t method_len)
{
	struct sb_smccc firmware = { .call = by_hvc, .hvc = 9, .wide = 9 };

	begin();
	node("");
	node("psci");
	property("compatible", compatible, len);
	if (method)
		property("method", method, method_len);
	end();
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
	sb_smccc_find(&firmware, &fdt, by_smc, by_hvc);
	assert_int_equal(firmware.wide, sizeof(void *) == 8);
	assert_int_equal(firmware.hvc, firmware.call == by_hvc);
	return firmware;
}

/* Linux's binding arm,psci. Older ones do not know the calling convention. */
static void how_firmware_is_called(void **state)
{
	static const char whole[] = "arm,psci-1.0\0arm,psci-0.2\0arm,psci";

	(void)state;
	assert_ptr_equal(firmware_of(whole, sizeof whole, "smc", 4).call, by_smc);
	assert_ptr_equal(firmware_of(whole, sizeof whole, "hvc", 4).call, by_hvc);
	assert_ptr_equal(firmware_of("arm,psci-0.2", 13, "smc", 4).call, by_smc);
	assert_ptr_equal(firmware_of("arm,psci-1.0", 13, "hvc", 4).call, by_hvc);
	assert_null(firmware_of("arm,psci", 9, "smc", 4).call);
	assert_null(firmware_of(whole, sizeof whole, NULL, 0).call);
	assert_null(firmware_of(whole, sizeof whole, "smc", 3).call);
	assert_null(firmware_of(whole, sizeof whole, "smcx", 4).call);
	assert_null(firmware_of(whole, sizeof whole, "hvcx", 5).call);
	assert_null(firmware_of(whole, sizeof whole, "smc\0", 5).call);
	assert_null(firmware_of(whole, sizeof whole, "", 1).call);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_by_path),
		cmocka_unit_test(not_found_by_path),
		cmocka_unit_test(found_by_compatible),
		cmocka_unit_test(refused_headers),
		cmocka_unit_test(parts_that_just_fit),
		cmocka_unit_test(sizes_and_versions),
		cmocka_unit_test(properties_that_just_fit),
		cmocka_unit_test(names_that_just_fit),
		cmocka_unit_test(truncated),
		cmocka_unit_test(hostile),
		cmocka_unit_test(ends_at_a_mistake),
		cmocka_unit_test(ends_with_the_structure),
		cmocka_unit_test(tokens_that_say_nothing),
		cmocka_unit_test(lists_without_an_end),
		cmocka_unit_test(cells_end_with_the_value),
		cmocka_unit_test(off_nodes_and_several_values),
		cmocka_unit_test(properties_out_of_place),
		cmocka_unit_test(seed_is_erased_in_the_blob),
		cmocka_unit_test(seed_is_never_enough),
		cmocka_unit_test(several_seeds),
		cmocka_unit_test(a_seed_at_the_end),
		cmocka_unit_test(no_seed),
		cmocka_unit_test(how_firmware_is_called),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
