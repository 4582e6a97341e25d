/* SPDX-License-Identifier: BSD-2-Clause */
/* What a device tree says of RISC-V CPUs. Needs hal/bus/fdt_riscv.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "sb_fdt_riscv.h"

#define TREE_BYTES 131072
#include "tree.h"

static struct sb_fdt fdt;

static void start(void)
{
	begin();
	node("");
	node("cpus");
}

static void done(void)
{
	end();
	end();
	finish();
	assert_int_equal(sb_fdt_open(&fdt, blob, blob_len), SB_OK);
}

#define CPU "vendor,core\0riscv"
#define TEXT(text) (text), sizeof text

/* Left open for more properties. */
static void cpu(void)
{
	node("cpu@0");
	property("compatible", TEXT(CPU));
	property("reg", "\0\0\0", 4);
}

static int one(const char *isa, size_t isa_len, const char *list, size_t list_len)
{
	start();
	cpu();
	if (isa)
		property("riscv,isa", isa, isa_len);
	if (list)
		property("riscv,isa-extensions", list, list_len);
	end();
	done();
	return sb_fdt_riscv_has(&fdt, "zkr", "zk");
}

#define ISA(text) one(TEXT(text), NULL, 0)
#define LIST(text) one(NULL, 0, TEXT(text))
/* without its final zero */
#define CUT(text) (text), sizeof text - 1

static void a_name_is_a_whole_word(void **state)
{
	(void)state;
	assert_true(ISA("rv64imac_zicsr_zkr"));
	assert_true(ISA("rv64imac_zkr_zicsr"));
	assert_true(ISA("rv32imac_zkr"));
	assert_true(ISA("rv64imac_zkra_xzkr_zkr_x"));
	assert_false(ISA("rv64imac_zicsr"));
	assert_false(ISA("rv64imac_zkrx"));
	assert_false(ISA("rv64imac_xzkr"));
	assert_false(ISA("rv64imac_zkn"));
	assert_false(ISA("rv64imac_ZKR"));
	assert_false(ISA("rv64imac_Zkr"));
	assert_false(ISA("rv64imaczkr"));
	assert_false(ISA("zkr"));
	assert_false(ISA("rv64imac zkr"));
	assert_false(ISA("rv64imac_zkr1p0"));
	assert_false(ISA("rv64imac_"));
	assert_true(ISA("_zkr"));
	assert_false(ISA(""));
	assert_false(ISA("rv64imac\0_zkr"));
	assert_false(one(CUT("rv64imac_zkr"), NULL, 0));
	assert_false(one(CUT("rv64imac_zk"), NULL, 0));
	assert_false(one("", 0, NULL, 0));
}

/* What fills it up to four bytes is no part of a value. */
static void a_name_behind_the_end(void **state)
{
	(void)state;
	start();
	cpu();
	property("riscv,isa", "rv64imacx_zk", 12);
	set(blob_len - 12 - 8, 9);
	end();
	done();
	assert_false(sb_fdt_riscv_has(&fdt, "zk", NULL));
	start();
	cpu();
	property("riscv,isa-extensions", "i\0zk", 4);
	set(blob_len - 4 - 8, 2);
	end();
	done();
	assert_false(sb_fdt_riscv_has(&fdt, "zk", NULL));
}

static void or_of_a_list(void **state)
{
	(void)state;
	assert_true(LIST("zkr"));
	assert_true(LIST("i\0m\0zkr"));
	assert_true(LIST("zkr\0i"));
	assert_true(LIST("i\0zkrx\0xzkr\0zkr\0m"));
	assert_false(LIST("i\0m\0zicsr"));
	assert_false(LIST("i\0zkrx"));
	assert_false(LIST("i\0xzkr"));
	assert_false(LIST("i\0ZKR"));
	assert_false(LIST("i\0x_zkr"));
	assert_false(LIST("zkr_x"));
	assert_false(LIST("zkr\1"));
	assert_false(one(NULL, 0, CUT("i\0zkr")));
	assert_false(one(NULL, 0, "", 0));
}

static void or_a_bundle(void **state)
{
	(void)state;
	assert_true(ISA("rv64imac_zk"));
	assert_true(LIST("i\0zk"));
	assert_false(sb_fdt_riscv_has(&fdt, "zkr", NULL));
	assert_false(sb_fdt_riscv_has(&fdt, "zkr", "zkn"));
	assert_true(sb_fdt_riscv_has(&fdt, "zk", NULL));
	assert_false(ISA("rv64imac_zkn_zks"));
}

/* riscv/cpus.yaml: riscv,isa is the older of the two. */
static void the_list_rules(void **state)
{
	(void)state;
	assert_false(one(TEXT("rv64imac_zkr"), TEXT("i\0m\0a\0c")));
	assert_true(one(TEXT("rv64imac"), TEXT("i\0m\0zkr")));
	assert_false(one(NULL, 0, NULL, 0));
}

static void no_other_node_counts(void **state)
{
	(void)state;
	start();
	node("cpu@1"); /* another ISA */
	property("compatible", TEXT("arm,cortex-a57"));
	property("reg", "\0\0\0", 4);
	property("riscv,isa", TEXT("rv64i_zkr"));
	end();
	node("cpu@2"); /* no number */
	property("compatible", TEXT(CPU));
	property("riscv,isa", TEXT("rv64i_zkr"));
	end();
	cpu();
	property("status", TEXT("disabled"));
	property("riscv,isa", TEXT("rv64i_zkr"));
	end();
	done();
	assert_false(sb_fdt_riscv_has(&fdt, "zkr", "zk"));
	start();
	node("cpu@0"); /* FU540's first CPU: another one, and off */
	property("compatible", TEXT(CPU));
	property("reg", "\0\0\0", 4);
	property("status", TEXT("disabled"));
	property("riscv,isa", TEXT("rv64imac"));
	end();
	cpu();
	property("status", TEXT("okay"));
	property("riscv,isa", TEXT("rv64i_zkr"));
	end();
	done();
	assert_true(sb_fdt_riscv_has(&fdt, "zkr", "zk"));
}

static void each_cpu_has_it(void **state)
{
	static const char *const isas[] = { "rv64i_zkr", "rv64i_zk", "rv64i_zba_zkr" };

	(void)state;
	for (unsigned without = 0; without <= 3; without++) {
		start();
		for (unsigned i = 0; i < 3; i++) {
			const char *isa = i == without ? "rv64i_zba" : isas[i];

			cpu();
			property("riscv,isa", isa, strlen(isa) + 1);
			end();
		}
		done();
		assert_int_equal(sb_fdt_riscv_has(&fdt, "zkr", "zk"), without == 3);
	}
}

/* The size of a block: -1 leaves it out. */
static uint32_t block(const char *isa, unsigned count, const int sizes[])
{
	start();
	for (unsigned i = 0; i < count; i++) {
		uint8_t cell[4] = { (uint8_t)(sizes[i] >> 24), (uint8_t)(sizes[i] >> 16),
				    (uint8_t)(sizes[i] >> 8), (uint8_t)sizes[i] };

		cpu();
		property("riscv,isa", isa, strlen(isa) + 1);
		if (sizes[i] >= 0)
			property("riscv,cbom-block-size", cell, 4);
		end();
	}
	done();
	return sb_fdt_riscv_block(&fdt);
}

static void a_block_of_a_cache(void **state)
{
	static const int same[] = { 64, 64 }, less[] = { 128, 64, 128 }, more[] = { 64, 128 },
			 odd[] = { 64, 96 }, zero[] = { 64, 0 }, first[] = { 0, 64 },
			 none[] = { 64, -1 }, big[] = { 1 << 30 }, byte[] = { 1 };

	(void)state;
	assert_int_equal(block("rv64imac_zicbom", 2, same), 64);
	assert_int_equal(block("rv64imac_zicbom", 3, less), 64);
	assert_int_equal(block("rv64imac_zicbom", 2, more), 64);
	assert_int_equal(block("rv64imac_zicbom", 1, big), 1 << 30);
	assert_int_equal(block("rv64imac_zicbom", 1, byte), 1);
	assert_int_equal(block("rv64imac_zicbom", 2, odd), 0);
	assert_int_equal(block("rv64imac_zicbom", 2, zero), 0);
	assert_int_equal(block("rv64imac_zicbom", 2, first), 0);
	assert_int_equal(block("rv64imac_zicbom", 2, none), 0);
	assert_int_equal(block("rv64imac_zicboz", 2, same), 0);
	assert_int_equal(block("rv64imac_zicbom", 0, same), 0);
}

/* The last one of so many is asked too, in one walk through the tree. */
static void many(unsigned count, unsigned without)
{
	start();
	for (unsigned i = 0; i < count; i++) {
		cpu();
		property("riscv,isa", i == without ? "i" : "i_zkr_zicbom",
			 i == without ? sizeof "i" : sizeof "i_zkr_zicbom");
		property("riscv,cbom-block-size", "\0\0\0\100", 4);
		end();
	}
	done();
}

static void many_cpus(void **state)
{
	(void)state;
	many(600, 600);
	assert_true(sb_fdt_riscv_has(&fdt, "zkr", NULL));
	assert_int_equal(sb_fdt_riscv_block(&fdt), 64);
	many(600, 599);
	assert_false(sb_fdt_riscv_has(&fdt, "zkr", NULL));
	assert_int_equal(sb_fdt_riscv_block(&fdt), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_a_whole_word),
		cmocka_unit_test(a_name_behind_the_end),
		cmocka_unit_test(or_of_a_list),
		cmocka_unit_test(or_a_bundle),
		cmocka_unit_test(the_list_rules),
		cmocka_unit_test(no_other_node_counts),
		cmocka_unit_test(each_cpu_has_it),
		cmocka_unit_test(a_block_of_a_cache),
		cmocka_unit_test(many_cpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
