/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables of ACPI, sound and hostile. Each structure that is read is a copy of
 * its own, of just the bytes that were asked for: a read beyond them is seen by
 * the sanitizers. Needs: hal/bus/acpi.c
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "sb_acpi.h"

enum { BASE = 0xe0000, BYTES = 4096, EBDA = 0x9fc00, COPIES = 1200 };
enum { RSDP = 0x40, RSDT = 0x100, XSDT = 0x180, ONE = 0x200, TWO = 0x300, FADT = 0x400 };
enum { DSDT = 0x800, DSDT_2 = 0x900 };

static uint8_t memory[BYTES], ebda[64], ebda_word[2];
static void *copy[COPIES];
static unsigned copies;
static unsigned long asked;
static struct sb_acpi acpi;
static struct sb_acpi_table table;

static const uint8_t *map(uint64_t address, uint32_t size)
{
	const uint8_t *from = NULL;

	asked += size;
	if (address >= BASE && address < BASE + BYTES && size <= BASE + BYTES - address)
		from = memory + (address - BASE);
	if (address >= EBDA && address < EBDA + sizeof ebda && size <= EBDA + sizeof ebda - address)
		from = ebda + (address - EBDA);
	if (address == 0x40e && size == 2)
		from = ebda_word;
	if (!from)
		return NULL;
	assert_true(copies < COPIES);
	copy[copies] = malloc(size);
	assert_non_null(copy[copies]);
	memcpy(copy[copies], from, size);
	return copy[copies++];
}

static int forget(void **state)
{
	(void)state;
	while (copies)
		free(copy[--copies]);
	asked = 0;
	return 0;
}

static void put(uint32_t at, uint64_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		memory[at + i] = (uint8_t)(value >> 8 * i);
}

static void sum(uint8_t *at, uint32_t len, uint32_t where)
{
	uint8_t all = 0;

	at[where] = 0;
	for (uint32_t i = 0; i < len; i++)
		all = (uint8_t)(all + at[i]);
	at[where] = (uint8_t)-all;
}

static void head(uint32_t at, const char *signature, uint32_t len)
{
	memcpy(memory + at, signature, 4);
	put(at + 4, len, 4);
	sum(memory + at, len, 9);
}

static void put_rsdp(uint8_t *at, uint8_t revision)
{
	memcpy(at, "RSD PTR ", 8);
	at[15] = revision;
	at[17] = RSDT >> 8 & 0xff;
	at[18] = BASE >> 16;
	at[20] = 36;
	at[24] = XSDT & 0xff;
	at[25] = XSDT >> 8;
	at[26] = BASE >> 16;
	sum(at, 20, 8);
	sum(at, 36, 32);
}

/* An RSDT of two tables, and an XSDT of four. */
static int setup(void **state)
{
	forget(state);
	memset(memory, 0, sizeof memory);
	memset(ebda, 0, sizeof ebda);
	memset(ebda_word, 0, sizeof ebda_word);
	put_rsdp(memory + RSDP, 2);
	put(RSDT + 36, BASE + ONE, 4);
	put(RSDT + 40, BASE + FADT, 4);
	head(RSDT, "RSDT", 44);
	put(XSDT + 36, BASE + ONE, 8);
	put(XSDT + 44, BASE + TWO, 8);
	put(XSDT + 60, BASE + FADT, 8); /* and one that is 0 */
	head(XSDT, "XSDT", 68);
	put(ONE + 36, 0x1122334455667788, 8);
	head(ONE, "SSDT", 44);
	head(TWO, "SSDT", 36);
	put(FADT + 40, BASE + DSDT, 4);
	put(FADT + 140, BASE + DSDT_2, 8);
	head(FADT, "FACP", 148);
	head(DSDT, "DSDT", 40);
	head(DSDT_2, "DSDT", 80);
	return 0;
}

static int opened(void)
{
	return sb_acpi_open(&acpi, map, BASE + RSDP);
}

static void finds_tables_by_their_signature(void **state)
{
	(void)state;
	assert_int_equal(opened(), SB_OK);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 0, &table), SB_OK);
	assert_int_equal(table.len, 44);
	assert_memory_equal(table.at, memory + ONE, 44);
	assert_int_equal(sb_acpi_64(&table, 36), 0x1122334455667788);
	assert_int_equal(sb_acpi_32(&table, 40), 0x11223344);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 1, &table), SB_OK);
	assert_int_equal(table.len, 36);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 2, &table), SB_ENODEV);
	assert_int_equal(sb_acpi_find(&acpi, "MCFG", 0, &table), SB_ENODEV);
}

static void a_number_behind_the_end_is_0(void **state)
{
	const uint8_t bytes[8] = { 1, 1, 1, 1, 1, 1, 1, 1 };

	(void)state;
	table = (struct sb_acpi_table){ bytes, 8 };
	assert_int_equal(sb_acpi_32(&table, 4), 0x01010101);
	assert_int_equal(sb_acpi_64(&table, 0), 0x0101010101010101);
	assert_int_equal(sb_acpi_32(&table, 5), 0);
	assert_int_equal(sb_acpi_64(&table, 1), 0);
	assert_int_equal(sb_acpi_32(&table, 0xfffffffe), 0);
	table.len = 4;
	assert_int_equal(sb_acpi_32(&table, 0), 0x01010101);
	assert_int_equal(sb_acpi_32(&table, 1), 0);
	table.len = 3;
	assert_int_equal(sb_acpi_32(&table, 0), 0);
	table.len = 7;
	assert_int_equal(sb_acpi_64(&table, 0), 0);
}

/* The XSDT where there is one and it is sound, else the RSDT. */
static void takes_the_root_that_is_sound(void **state)
{
	(void)state;
	put_rsdp(memory + RSDP, 0);
	assert_int_equal(opened(), SB_OK);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 1, &table), SB_ENODEV);
	put_rsdp(memory + RSDP, 2);
	memory[RSDP + 33] ^= 1; /* in the sum of all 36 bytes alone */
	assert_int_equal(opened(), SB_OK);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 1, &table), SB_ENODEV);
	put_rsdp(memory + RSDP, 2);
	memory[XSDT + 50] ^= 1;
	assert_int_equal(opened(), SB_OK);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 1, &table), SB_ENODEV);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 0, &table), SB_OK);
	memory[RSDT + 40] ^= 1;
	assert_int_equal(opened(), SB_EIO);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 0, &table), SB_ENODEV);
}

static void no_rsdp_is_no_acpi(void **state)
{
	(void)state;
	assert_int_equal(sb_acpi_open(&acpi, map, 0), SB_ENODEV);
	assert_int_equal(sb_acpi_open(&acpi, map, BASE + BYTES - 19), SB_ENODEV);
	assert_int_equal(sb_acpi_open(&acpi, map, BASE + RSDP + 1), SB_ENODEV);
	memory[RSDP + 9] ^= 1;
	assert_int_equal(opened(), SB_ENODEV);
}

static void searches_where_a_bios_puts_it(void **state)
{
	(void)state;
	assert_int_equal(sb_acpi_search(&acpi, map), SB_OK);
	memset(memory + RSDP, 0, 36);
	put_rsdp(memory + RSDP + 8, 2); /* not at a multiple of 16 */
	assert_int_equal(sb_acpi_search(&acpi, map), SB_ENODEV);
	forget(state);
	put_rsdp(ebda + 16, 2);
	assert_int_equal(sb_acpi_search(&acpi, map), SB_ENODEV);
	forget(state);
	ebda_word[0] = (EBDA >> 4) & 0xff;
	ebda_word[1] = EBDA >> 12;
	assert_int_equal(sb_acpi_search(&acpi, map), SB_OK);
	memory[RSDT + 9] ^= 1;
	memory[XSDT + 9] ^= 1;
	assert_int_equal(sb_acpi_search(&acpi, map), SB_EIO);
	put_rsdp(memory + BYTES - 64, 2);
	assert_int_equal(sb_acpi_search(&acpi, map), SB_EIO);
}

static void a_broken_table_is_not_absent(void **state)
{
	(void)state;
	assert_int_equal(opened(), SB_OK);
	memory[ONE + 20] ^= 1;
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 0, &table), SB_OK);
	assert_int_equal(table.len, 36); /* the other one */
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 1, &table), SB_EIO);
	assert_int_equal(sb_acpi_find(&acpi, "MCFG", 0, &table), SB_ENODEV);
	head(ONE, "SSDT", 35);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 1, &table), SB_EIO);
	put(ONE + 4, SB_ACPI_BYTES_MAX + 1, 4);
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 1, &table), SB_EIO);
	head(ONE, "SSDT", 44);
	put(XSDT + 36, UINT64_MAX, 8);
	head(XSDT, "XSDT", 68);
	assert_int_equal(opened(), SB_OK);
	/* nobody knows what it was */
	assert_int_equal(sb_acpi_find(&acpi, "MCFG", 0, &table), SB_EIO);
}

static void the_dsdt_is_that_of_the_fadt(void **state)
{
	(void)state;
	assert_int_equal(opened(), SB_OK);
	assert_int_equal(sb_acpi_find(&acpi, "DSDT", 0, &table), SB_OK);
	assert_int_equal(table.len, 80);
	assert_int_equal(sb_acpi_find(&acpi, "DSDT", 1, &table), SB_ENODEV);
	head(FADT, "FACP", 116); /* that of ACPI 1.0 */
	assert_int_equal(sb_acpi_find(&acpi, "DSDT", 0, &table), SB_OK);
	assert_int_equal(table.len, 40);
	memcpy(memory + DSDT, "XXXX", 4);
	assert_int_equal(sb_acpi_find(&acpi, "DSDT", 0, &table), SB_EIO);
	memcpy(memory + FADT, "XXXX", 4);
	assert_int_equal(sb_acpi_find(&acpi, "DSDT", 0, &table), SB_ENODEV);
}

static void looks_at_so_many_tables(void **state)
{
	(void)state;
	for (uint32_t i = 0; i <= SB_ACPI_TABLES_MAX; i++)
		put(0xa00 + 36 + 4 * i, BASE + (i < SB_ACPI_TABLES_MAX - 1 ? TWO : ONE), 4);
	head(0xa00, "RSDT", 36 + 4 * SB_ACPI_TABLES_MAX);
	memset(memory + ONE, 0, 64);
	head(ONE, "MCFG", 40);
	memory[RSDP + 15] = 0;
	memory[RSDP + 17] = 0xa;
	sum(memory + RSDP, 20, 8);
	assert_int_equal(opened(), SB_OK);
	assert_int_equal(sb_acpi_find(&acpi, "MCFG", 0, &table), SB_OK);
	head(0xa00, "RSDT", 40 + 4 * SB_ACPI_TABLES_MAX);
	assert_int_equal(opened(), SB_OK);
	assert_int_equal(sb_acpi_find(&acpi, "MCFG", 1, &table), SB_EIO);
	assert_int_equal(sb_acpi_find(&acpi, "APIC", 0, &table), SB_EIO);
}

/* One letter is as good as all four. */
static void each_letter_counts(void **state)
{
	static const char *const near[] = { "XSDT", "SXDT", "SSXT", "SSDX" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		head(ONE, near[i], 44);
		assert_int_equal(opened(), SB_OK);
		assert_int_equal(sb_acpi_find(&acpi, "SSDT", 0, &table), SB_OK);
		assert_int_equal(table.len, 36); /* the other one */
	}
	head(ONE, "DSDX", 44); /* and that is not asked of the FADT */
	assert_int_equal(sb_acpi_find(&acpi, "DSDX", 0, &table), SB_OK);
	memory[RSDP + 7] = 'X';
	sum(memory + RSDP, 20, 8);
	sum(memory + RSDP, 36, 32);
	assert_int_equal(opened(), SB_ENODEV);
}

static uint32_t refused;  /* no structure of this many bytes is in reach */
static uint64_t far_from; /* what lies here is an RSDP */
static unsigned high;     /* reads above 4 GiB */
static uint8_t big[SB_ACPI_BYTES_MAX + 1];

static const uint8_t *far_map(uint64_t address, uint32_t size)
{
	static uint8_t rsdp[36];

	if (size == refused)
		return NULL;
	if (address == far_from && size <= 36) {
		put_rsdp(rsdp, 2);
		return rsdp;
	}
	if (address == 0x2000000 && size <= sizeof big)
		return big;
	high += address >> 32 == 5;
	return map(address >> 32 == 5 ? (uint32_t)address : address, size);
}

static int far_opened(void)
{
	return sb_acpi_open(&acpi, far_map, BASE + RSDP);
}

/* Revision 1 has no XSDT, whatever stands there. Nor has one whose end is out
   of reach. */
static void an_old_rsdp_has_no_xsdt(void **state)
{
	(void)state;
	refused = 0;
	put_rsdp(memory + RSDP, 1);
	assert_int_equal(far_opened(), SB_OK);
	assert_int_equal(acpi.entries, 2);
	put_rsdp(memory + RSDP, 3);
	assert_int_equal(far_opened(), SB_OK);
	assert_int_equal(acpi.entries, 4);
	memset(memory + BYTES - 20, 0, 20); /* its 36 bytes go over the end */
	memcpy(memory + BYTES - 20, memory + RSDP, 20);
	assert_int_equal(sb_acpi_open(&acpi, map, BASE + BYTES - 20), SB_OK);
	assert_int_equal(acpi.entries, 2);
}

static void tables_above_4_gib(void **state)
{
	(void)state;
	refused = 0;
	put(XSDT + 36, 0x500000000 + BASE + ONE, 8);
	head(XSDT, "XSDT", 68);
	assert_int_equal(far_opened(), SB_OK);
	high = 0;
	assert_int_equal(sb_acpi_find(&acpi, "SSDT", 0, &table), SB_OK);
	assert_int_equal(table.len, 44);
	assert_int_equal(high, 2);
}

static void a_table_has_so_many_bytes(void **state)
{
	(void)state;
	refused = 0;
	put(XSDT + 36, 0x2000000, 8);
	head(XSDT, "XSDT", 68);
	assert_int_equal(far_opened(), SB_OK);
	memcpy(big, "APIC", 4);
	for (uint32_t len = SB_ACPI_BYTES_MAX; len <= SB_ACPI_BYTES_MAX + 1; len++) {
		for (unsigned i = 0; i < 4; i++)
			big[4 + i] = (uint8_t)(len >> 8 * i);
		sum(big, len, 9);
		assert_int_equal(sb_acpi_find(&acpi, "APIC", 0, &table),
				 len == SB_ACPI_BYTES_MAX ? SB_OK : SB_EIO);
	}
}

/* A table of what an RSDP names is found, whichever place had it. */
static int searched(void)
{
	return sb_acpi_search(&acpi, far_map) == SB_OK ? sb_acpi_find(&acpi, "SSDT", 1, &table)
						       : SB_EAGAIN;
}

static void a_search_ends_with_the_first(void **state)
{
	(void)state;
	refused = 0;
	far_from = 1;
	assert_int_equal(searched(), SB_OK);
	forget(state);
	refused = 2; /* the word of the EBDA is out of reach */
	assert_int_equal(searched(), SB_OK);
	forget(state);
	refused = 0;
	ebda_word[0] = (EBDA >> 4) & 0xff;
	ebda_word[1] = EBDA >> 12;
	put_rsdp(ebda + 16, 2);
	assert_int_equal(searched(), SB_OK);
	forget(state);
	memset(memory + RSDP, 0, 36);
	assert_int_equal(searched(), SB_OK);
	forget(state);
	memcpy(memory + RSDP, ebda + 16, 36); /* a broken one behind it changes nothing */
	memory[RSDP + 17] = 0xf;
	memory[RSDP + 25] = 0xf;
	sum(memory + RSDP, 20, 8);
	sum(memory + RSDP, 36, 32);
	assert_int_equal(searched(), SB_OK);
}

/* And it looks at no other place. */
static void a_search_has_two_places(void **state)
{
	static const uint64_t none[] = { 0,           16,       0x400,    BASE - 16, EBDA + 0x400,
					 EBDA + 1024, 0x100000, EBDA - 16 };

	memset(memory + RSDP, 0, 36);
	refused = 0;
	for (unsigned word = 0; word < 2; word++) {
		ebda_word[0] = word ? (EBDA >> 4) & 0xff : 0;
		ebda_word[1] = word ? EBDA >> 12 : 0;
		for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
			far_from = none[i];
			assert_int_equal(searched(), SB_EAGAIN);
			forget(state);
		}
	}
	refused = 2; /* without the word there is no EBDA, at 1 neither */
	for (far_from = 1; far_from < 20; far_from += 16) {
		assert_int_equal(searched(), SB_EAGAIN);
		forget(state);
	}
	refused = 0;
	far_from = EBDA + 0x3f0;
	assert_int_equal(searched(), SB_OK);
	forget(state);
	far_from = 0xffff0;
	assert_int_equal(searched(), SB_OK);
	far_from = 1;
}

/* Bytes by a fixed seed: some 20 mutations of all that is read. */
static uint32_t next;
static uint32_t draw(void)
{
	next = next * 1664525 + 1013904223;
	return next >> 8;
}

static void survives_any_bytes(void **state)
{
	for (next = 1; next < 400; next++) {
		uint32_t seed = next;

		setup(state);
		for (unsigned i = draw() % 20; i; i--)
			memory[draw() % 0x520] = (uint8_t)(draw() % 3 ? draw() : 0xff);
		if (seed % 2) {
			uint32_t len = memory[XSDT + 4] | (uint32_t)memory[XSDT + 5] << 8;

			sum(memory + RSDP, 20, 8);
			sum(memory + RSDP, 36, 32);
			if (len < BYTES - XSDT)
				sum(memory + XSDT, len, 9);
		}
		if (opened() == SB_OK) {
			static const char *const names[] = { "SSDT", "DSDT", "MCFG" };

			for (unsigned i = 0; i < 9; i++)
				if (sb_acpi_find(&acpi, names[i % 3], i / 3, &table) == SB_OK)
					assert_true(table.len >= 36 && table.len <= BYTES);
		}
		assert_true(asked < 200000);
		next = seed;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(finds_tables_by_their_signature, setup, forget),
		cmocka_unit_test_setup_teardown(a_number_behind_the_end_is_0, setup, forget),
		cmocka_unit_test_setup_teardown(takes_the_root_that_is_sound, setup, forget),
		cmocka_unit_test_setup_teardown(no_rsdp_is_no_acpi, setup, forget),
		cmocka_unit_test_setup_teardown(searches_where_a_bios_puts_it, setup, forget),
		cmocka_unit_test_setup_teardown(a_broken_table_is_not_absent, setup, forget),
		cmocka_unit_test_setup_teardown(the_dsdt_is_that_of_the_fadt, setup, forget),
		cmocka_unit_test_setup_teardown(looks_at_so_many_tables, setup, forget),
		cmocka_unit_test_setup_teardown(each_letter_counts, setup, forget),
		cmocka_unit_test_setup_teardown(an_old_rsdp_has_no_xsdt, setup, forget),
		cmocka_unit_test_setup_teardown(tables_above_4_gib, setup, forget),
		cmocka_unit_test_setup_teardown(a_table_has_so_many_bytes, setup, forget),
		cmocka_unit_test_setup_teardown(a_search_ends_with_the_first, setup, forget),
		cmocka_unit_test_setup_teardown(a_search_has_two_places, setup, forget),
		cmocka_unit_test_setup_teardown(survives_any_bytes, setup, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
