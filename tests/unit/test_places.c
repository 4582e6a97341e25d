/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The places of an epoch: collected from ACPI and device tree, read as one id.
 * Needs hal/epoch/ and hal/bus/.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "aml_forms.h"
#include "sb_epoch.h"
#include "sb_vmgenid.h"
#include "tree.h"

/* The machine: its memory begins at BASE, and the rest is out of reach. */
enum { BASE = 0x100000, BYTES = 0x10000 };
enum {
	GUID = 0x1000,
	GUID_2 = 0x1023,
	CLOCK = 0x2000,
	RSDP = 0x3000,
	XSDT = 0x3100,
	FADT = 0x3200
};
enum { DSDT = 0x4000, SSDT = 0x6000, SSDT_2 = 0x8000, LARGE = 0x10000000 };

static uint8_t memory[BYTES] __attribute__((aligned(4096)));
static uint8_t large[SB_ACPI_BYTES_MAX]; /* at LARGE */
static struct sb_epoch epoch;
static struct sb_acpi acpi;
static uint8_t id[16], other[16];
static char facts[SB_EPOCH_FACTS];

static const uint8_t *map(uint64_t address, uint32_t size)
{
	if (address == LARGE && size <= sizeof large)
		return large;
	if (address < BASE || address - BASE >= BYTES || size > BYTES - (address - BASE))
		return NULL;
	return memory + (address - BASE);
}

static void put(uint32_t at, uint64_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		memory[at + i] = (uint8_t)(value >> 8 * i);
}

static void put_clock(uint32_t at, uint64_t counter)
{
	memcpy(memory + at, "VCLK", 4);
	put(at + 4, 4096, 4);
	put(at + 8, 1, 2);
	put(at + 24, 0x100, 8);
	put(at + 104, counter, 8);
}

static int setup(void **state)
{
	(void)state;
	memset(memory, 0, sizeof memory);
	memset(&epoch, 0, sizeof epoch);
	epoch.map = map;
	for (unsigned i = 0; i < 16; i++) {
		memory[GUID + i] = (uint8_t)(i + 1);
		memory[GUID_2 + i] = (uint8_t)(0x80 + 3 * i);
	}
	put_clock(CLOCK, 0);
	return 0;
}

static void add(enum sb_epoch_kind kind, enum sb_epoch_way way, uint32_t at)
{
	sb_epoch_add(&epoch, kind, way, BASE + at, kind == SB_EPOCH_VMCLOCK ? 4096 : 16);
}

static void reads(int result)
{
	assert_int_equal(sb_epoch_read(&epoch, id), result);
}

static void says(const char *text)
{
	char *end;

	memset(facts, 'x', sizeof facts);
	end = sb_epoch_facts(&epoch, facts);
	assert_string_equal(facts, text);
	assert_ptr_equal(end, facts + strlen(text));
}

static void no_place_is_no_epoch(void **state)
{
	(void)state;
	reads(SB_ENODEV);
	says("");
}

static void one_id_is_the_epoch(void **state)
{
	(void)state;
	add(SB_EPOCH_VMGENID, SB_EPOCH_FW_CFG, GUID);
	reads(SB_OK);
	assert_memory_equal(id, memory + GUID, 16);
	says("epoch=vmgenid(fw_cfg)");
}

static void a_place_is_one_however_often_it_is_found(void **state)
{
	(void)state;
	add(SB_EPOCH_VMGENID, SB_EPOCH_FW_CFG, GUID);
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID);
	reads(SB_OK);
	assert_memory_equal(id, memory + GUID, 16);
	says("epoch=vmgenid(fw_cfg,acpi)");
}

/* Each bit of each place is one of the epoch, at any alignment. */
static void all_places_enter(void **state)
{
	static const uint32_t from[] = { GUID, GUID_2, CLOCK + 104 };

	(void)state;
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID);
	add(SB_EPOCH_VMGENID, SB_EPOCH_TREE, GUID_2);
	add(SB_EPOCH_VMCLOCK, SB_EPOCH_ACPI, CLOCK);
	says("epoch=vmgenid(acpi,tree)+vmclock(acpi)");
	reads(SB_OK);
	memcpy(other, id, 16);
	for (unsigned n = 0; n < 3; n++)
		for (unsigned bit = 0; bit < (n < 2 ? 128 : 64); bit++) {
			memory[from[n] + bit / 8] ^= (uint8_t)(1 << bit % 8);
			reads(SB_OK);
			assert_memory_not_equal(id, other, 16);
			memory[from[n] + bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	reads(SB_OK);
	assert_memory_equal(id, other, 16);
}

/* The same id at two addresses does not cancel out. */
static void twins_are_not_zero(void **state)
{
	static const uint8_t zeros[16];

	(void)state;
	memcpy(memory + GUID_2, memory + GUID, 16);
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID);
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID_2);
	reads(SB_OK);
	assert_memory_not_equal(id, zeros, 16);
}

static void out_of_reach_is_not_absent(void **state)
{
	(void)state;
	sb_epoch_add(&epoch, SB_EPOCH_VMGENID, SB_EPOCH_TREE, BASE + BYTES - 15, 16);
	reads(SB_EIO);
	says("epoch=out-of-reach(tree)");
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID); /* and another one is no help */
	reads(SB_EIO);
	says("epoch=vmgenid(acpi)+out-of-reach(tree)");
}

static void not_understood_is_not_absent(void **state)
{
	(void)state;
	sb_epoch_add(&epoch, SB_EPOCH_VMGENID, SB_EPOCH_TREE, BASE + GUID, 15);
	reads(SB_EUNFIT);
	says("epoch=not-understood(tree)");
	setup(state);
	sb_epoch_add(&epoch, SB_EPOCH_VMGENID, SB_EPOCH_TREE, 0, 16);
	reads(SB_EUNFIT);
	setup(state);
	sb_epoch_add(&epoch, SB_EPOCH_VMCLOCK, SB_EPOCH_TREE, BASE + CLOCK, (uint64_t)1 << 32);
	reads(SB_EUNFIT);
	setup(state);
	sb_epoch_add(&epoch, SB_EPOCH_VMGENID, SB_EPOCH_TREE, UINT64_MAX - 8, 16);
	reads(SB_EUNFIT);
	setup(state);
	memset(memory + GUID, 0xff, 16); /* as if there were no memory */
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID);
	reads(SB_EUNFIT);
	memory[GUID + 7] = 0xfe;
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID);
	reads(SB_OK);
	setup(state);
	memory[CLOCK] ^= 1; /* the magic */
	add(SB_EPOCH_VMCLOCK, SB_EPOCH_ACPI, CLOCK);
	reads(SB_EUNFIT);
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID); /* this one is */
	reads(SB_OK);
	says("epoch=vmgenid(acpi)+not-understood(acpi)");
}

static void a_clock_that_is_written_for_ever_is_an_error(void **state)
{
	(void)state;
	put(CLOCK + 12, 1, 4);
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID);
	add(SB_EPOCH_VMCLOCK, SB_EPOCH_ACPI, CLOCK);
	reads(SB_EIO);
	put(CLOCK + 12, 2, 4);
	reads(SB_OK);
	memory[CLOCK] ^= 1; /* it was one, and is none any more */
	reads(SB_EIO);
}

static void so_many_places(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < SB_EPOCH_PLACES_MAX; i++)
		add(SB_EPOCH_VMGENID, SB_EPOCH_TREE, GUID + 16 * i);
	says("epoch=vmgenid(tree)");
	add(SB_EPOCH_VMGENID, SB_EPOCH_TREE, GUID);
	says("epoch=vmgenid(tree)");
	add(SB_EPOCH_VMGENID, SB_EPOCH_TREE, GUID + 0x100);
	says("epoch=vmgenid(tree)+not-understood(tree)");
	reads(SB_OK);
}

/* A clock and an id at one address are two. */
static void each_kind_is_a_place(void **state)
{
	(void)state;
	add(SB_EPOCH_VMCLOCK, SB_EPOCH_TREE, CLOCK);
	says("epoch=vmclock(tree)");
	add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, CLOCK);
	says("epoch=vmgenid(acpi)+vmclock(tree)");
	assert_int_equal(epoch.count, 2);
}

static void the_edges_of_a_place(void **state)
{
	(void)state;
	sb_epoch_add(&epoch, SB_EPOCH_VMGENID, SB_EPOCH_ACPI, BASE + GUID, UINT32_MAX);
	says("epoch=out-of-reach(acpi)"); /* a size like any other */
	setup(state);
	sb_epoch_add(&epoch, SB_EPOCH_VMGENID, SB_EPOCH_ACPI, UINT64_MAX - 16, 16);
	says("epoch=out-of-reach(acpi)");
	for (unsigned i = 0; i < 16; i++) {
		setup(state);
		memset(memory + GUID, 0xff, 16);
		memory[GUID + i] = 0x7f; /* one bit tells it from no memory */
		add(SB_EPOCH_VMGENID, SB_EPOCH_ACPI, GUID);
		says("epoch=vmgenid(acpi)");
	}
}

static void all_facts_fit(void **state)
{
	(void)state;
	for (unsigned way = 1; way <= 4; way *= 2) {
		add(SB_EPOCH_VMGENID, (enum sb_epoch_way)way, GUID);
		add(SB_EPOCH_VMCLOCK, (enum sb_epoch_way)way, CLOCK);
		add(SB_EPOCH_VMGENID, (enum sb_epoch_way)way, BYTES);
		sb_epoch_add(&epoch, SB_EPOCH_VMGENID, (enum sb_epoch_way)way, 0, 16);
	}
	says("epoch=vmgenid(fw_cfg,acpi,tree)+vmclock(fw_cfg,acpi,tree)"
	     "+out-of-reach(fw_cfg,acpi,tree)+not-understood(fw_cfg,acpi,tree)");
	assert_int_equal(strlen(facts), SB_EPOCH_FACTS - 7);
}

/* ------------------------------------------------------------------- ACPI */

static void sum(uint32_t at, uint32_t len, uint32_t where)
{
	uint8_t all = 0;

	memory[at + where] = 0;
	for (uint32_t i = 0; i < len; i++)
		all = (uint8_t)(all + memory[at + i]);
	memory[at + where] = (uint8_t)-all;
}

static void head(uint32_t at, const char *signature, uint32_t len)
{
	memcpy(memory + at, signature, 4);
	put(at + 4, len, 4);
	sum(at, len, 9);
}

/* What is in aml_table, as a table. */
static void table(uint32_t at, const char *signature)
{
	memcpy(memory + at + SB_ACPI_HEADER, aml_table, aml_len);
	head(at, signature, SB_ACPI_HEADER + aml_len);
}

/* A DSDT and two SSDTs without any device. */
static void begin_acpi(void)
{
	memcpy(memory + RSDP, "RSD PTR ", 8);
	memory[RSDP + 15] = 2;
	put(RSDP + 20, 36, 4);
	put(RSDP + 24, BASE + XSDT, 8);
	sum(RSDP, 20, 8);
	sum(RSDP, 36, 32);
	put(XSDT + 36, BASE + FADT, 8);
	put(XSDT + 44, BASE + SSDT, 8);
	put(XSDT + 52, BASE + SSDT_2, 8);
	head(XSDT, "XSDT", 60);
	put(FADT + 140, BASE + DSDT, 8);
	head(FADT, "FACP", 148);
	aml_start();
	table(DSDT, "DSDT");
	table(SSDT, "SSDT");
	table(SSDT_2, "SSDT");
}

static void look(void)
{
	sb_epoch_acpi(&epoch, &acpi, sb_acpi_open(&acpi, map, BASE + RSDP));
}

/* A device whose ADDR is a constant. */
static void simple(uint32_t at)
{
	AML_OPEN("\x5b\x82");
	AML("VGEN\x08_CID\x0dVM_Gen_Counter\0\x08"
	    "ADDR\x12\x08\x02");
	aml_dword(BASE + at);
	AML("\0");
	aml_close();
}

static void simple_clock(uint32_t at)
{
	AML_OPEN("\x5b\x82");
	AML("VCLK\x08_HID\x0d"
	    "AMZNC10C\0\x08_CRS\x11\x11\x0a\x0e\x86\x09\0\0");
	aml_le(BASE + at, 4);
	aml_le(4096, 4);
	AML("\x79\0");
	aml_close();
}

static void tables_without_an_epoch(void **state)
{
	(void)state;
	begin_acpi();
	look();
	reads(SB_ENODEV);
	memory[RSDP] ^= 1;
	look();
	reads(SB_ENODEV);
	memory[RSDP] ^= 1;
	memory[XSDT + 9] ^= 1;
	look();
	reads(SB_EUNFIT);
}

static void each_table_is_looked_through(void **state)
{
	static const uint32_t where[] = { DSDT, SSDT, SSDT_2 };

	for (unsigned i = 0; i < 3; i++) {
		setup(state);
		begin_acpi();
		aml_start();
		simple(GUID);
		table(where[i], i ? "SSDT" : "DSDT");
		look();
		reads(SB_OK);
		assert_memory_equal(id, memory + GUID, 16);
		says("epoch=vmgenid(acpi)");
	}
}

static void ids_and_clocks_of_all_tables_enter(void **state)
{
	(void)state;
	begin_acpi();
	aml_start();
	simple(GUID);
	simple_clock(CLOCK);
	table(DSDT, "DSDT");
	aml_start();
	simple(GUID_2);
	table(SSDT_2, "SSDT");
	look();
	says("epoch=vmgenid(acpi)+vmclock(acpi)");
	assert_int_equal(epoch.count, 3);
	reads(SB_OK);
}

/* QEMU's own table, by both ways. */
static void fw_cfg_and_acpi_agree(void **state)
{
	(void)state;
	begin_acpi();
	aml_vgia = BASE + GUID - 40;
	aml_qemu();
	aml_vgia = 0x07fff000;
	table(SSDT, "SSDT");
	add(SB_EPOCH_VMGENID, SB_EPOCH_FW_CFG, GUID);
	look();
	says("epoch=vmgenid(fw_cfg,acpi)");
}

/* The DSDT, which is a header, and the same SSDT twice. */
static int look_at_large(uint32_t len)
{
	begin_acpi();
	put(XSDT + 44, LARGE, 8);
	put(XSDT + 52, LARGE, 8);
	head(XSDT, "XSDT", 60);
	memcpy(large, memory + SSDT, SB_ACPI_HEADER);
	for (unsigned i = 0; i < 4; i++)
		large[4 + i] = (uint8_t)(len >> 8 * i);
	large[9] = 0;
	for (unsigned i = 0; i < SB_ACPI_HEADER; i++)
		if (i != 9)
			large[9] = (uint8_t)(large[9] - large[i]);
	look();
	return sb_epoch_read(&epoch, id);
}

static void too_much_is_not_understood(void **state)
{
	(void)state;
	assert_int_equal(look_at_large((SB_EPOCH_AML_MAX - SB_ACPI_HEADER) / 2), SB_ENODEV);
	assert_int_equal(look_at_large((SB_EPOCH_AML_MAX - SB_ACPI_HEADER) / 2 + 1), SB_EUNFIT);
}

static void a_broken_table_may_have_had_one(void **state)
{
	(void)state;
	begin_acpi();
	memory[SSDT_2 + 9] ^= 1;
	look();
	reads(SB_EUNFIT);
	says("epoch=not-understood(acpi)");
	setup(state);
	begin_acpi();
	memory[DSDT + 9] ^= 1;
	look();
	reads(SB_EUNFIT);
}

static void another_form_is_not_absent(void **state)
{
	(void)state;
	begin_acpi();
	aml_start();
	AML("\x0dVM_Gen_Counter\0");
	table(SSDT, "SSDT");
	look();
	reads(SB_EUNFIT);
	aml_start();
	simple(GUID); /* behind it */
	table(SSDT_2, "SSDT");
	look();
	reads(SB_OK);
	setup(state);
	begin_acpi();
	aml_start();
	simple(0xf0000000);
	table(SSDT, "SSDT");
	look();
	reads(SB_EIO);
	setup(state);
	begin_acpi();
	aml_start();
	AML_OPEN("\x5b\x82");
	AML("VCLK\x08_HID\x0d"
	    "AMZNC10C\0");
	aml_close();
	table(SSDT, "SSDT");
	look();
	reads(SB_EUNFIT);
}

static void a_device_that_is_off_is_absent(void **state)
{
	(void)state;
	begin_acpi();
	aml_start();
	AML_OPEN("\x5b\x82");
	AML("VGEN\x08_CID\x0dVM_Gen_Counter\0\x08_STA\0");
	aml_close();
	table(DSDT, "DSDT");
	look();
	reads(SB_ENODEV);
}

static void so_many_devices_of_a_table(void **state)
{
	(void)state;
	begin_acpi();
	aml_start();
	for (uint32_t i = 0; i < SB_EPOCH_DEVICES_MAX; i++)
		simple(GUID);
	table(DSDT, "DSDT");
	look();
	says("epoch=vmgenid(acpi)");
	simple(GUID);
	table(DSDT, "DSDT");
	look();
	says("epoch=vmgenid(acpi)+not-understood(acpi)");
}

/* ------------------------------------------------------------- device tree */

static void begin_tree(void)
{
	begin();
	node("");
}

static void finish_tree(void)
{
	static struct sb_fdt tree;

	end();
	finish();
	assert_int_equal(sb_fdt_open(&tree, blob, sizeof blob), SB_OK);
	sb_epoch_tree(&epoch, &tree);
}

/* Firecracker's src/vmm/src/arch/aarch64/fdt.rs: /vmgenid, and /ptp@... */
static void device(const char *compatible, const char *status, const uint32_t *cell, unsigned cells)
{
	uint8_t reg[24]; /* big-endian */

	for (unsigned i = 0; i < 4 * cells; i++)
		reg[i] = (uint8_t)(cell[i / 4] >> (24 - 8 * (i % 4)));
	node("device");
	property("compatible", compatible, strlen(compatible) + 1);
	if (cells)
		property("reg", reg, 4 * cells);
	if (status)
		property("status", status, strlen(status) + 1);
	end();
}

static const uint32_t guid_cells[] = { 0, BASE + GUID, 0, 16 };
static const uint32_t clock_cells[] = { 0, BASE + CLOCK, 0, 4096 };

static void nodes_of_a_tree(void **state)
{
	(void)state;
	begin_tree();
	device("microsoft,vmgenid", NULL, guid_cells, 4);
	device("amazon,vmclock", "okay", clock_cells, 4);
	finish_tree();
	says("epoch=vmgenid(tree)+vmclock(tree)");
	reads(SB_OK);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(id[i + 5], memory[GUID + i + 5]);
}

static void a_range_has_so_many_cells(void **state)
{
	static const uint32_t three[] = { 0, BASE + GUID, 16 }, two[] = { BASE + GUID, 16 };
	static const uint32_t six[] = { 0, BASE + GUID, 0, 16, 0, 0 };
	static const uint32_t other_two[] = { BASE + GUID_2, 32 };

	(void)state;
	begin_tree();
	device("microsoft,vmgenid", NULL, three, 3);
	device("microsoft,vmgenid", NULL, two, 2);
	finish_tree();
	assert_int_equal(epoch.count, 1);
	reads(SB_OK);
	assert_memory_equal(id, memory + GUID, 16);
	says("epoch=vmgenid(tree)");
	setup(state);
	begin_tree();
	device("microsoft,vmgenid", NULL, three, 3);
	device("microsoft,vmgenid", NULL, other_two, 2);
	finish_tree();
	assert_int_equal(epoch.count, 2);
	assert_int_equal(epoch.place[1].address, BASE + GUID_2);
	assert_int_equal(epoch.place[1].size, 32);
	setup(state);
	begin_tree();
	device("microsoft,vmgenid", NULL, six, 6);
	finish_tree();
	reads(SB_EUNFIT);
	setup(state);
	begin_tree();
	device("microsoft,vmgenid", NULL, three, 3);
	device("microsoft,vmgenid", NULL, six, 6);
	finish_tree();
	says("epoch=vmgenid(tree)+not-understood(tree)");
}

static void a_node_without_a_reg_is_not_understood(void **state)
{
	(void)state;
	begin_tree();
	device("microsoft,vmgenid", NULL, NULL, 0);
	finish_tree();
	reads(SB_EUNFIT);
	setup(state);
	begin_tree();
	device("microsoft,vmgenid", NULL, NULL, 0);
	device("microsoft,vmgenid", NULL, guid_cells, 4);
	finish_tree();
	says("epoch=vmgenid(tree)+not-understood(tree)");
}

static void a_node_that_is_off_is_absent(void **state)
{
	(void)state;
	begin_tree();
	device("microsoft,vmgenid", "disabled", guid_cells, 4);
	device("amazon,vmclock", "fail", clock_cells, 4);
	device("microsoft,vmgeni", NULL, guid_cells, 4);
	finish_tree();
	reads(SB_ENODEV);
}

static void so_many_nodes(void **state)
{
	(void)state;
	begin_tree();
	for (unsigned i = 0; i < SB_EPOCH_DEVICES_MAX; i++)
		device("microsoft,vmgenid", "ok", guid_cells, 4);
	finish_tree();
	says("epoch=vmgenid(tree)");
	setup(state);
	begin_tree();
	for (unsigned i = 0; i <= SB_EPOCH_DEVICES_MAX; i++)
		device("microsoft,vmgenid", NULL, guid_cells, 4);
	finish_tree();
	says("epoch=vmgenid(tree)+not-understood(tree)");
}

/* What one way did not tell stays so, whatever another way told. */
static void ways_add_up(void **state)
{
	static const uint32_t odd[] = { 0, BASE + GUID };

	(void)state;
	sb_epoch_add(&epoch, SB_EPOCH_VMGENID, SB_EPOCH_FW_CFG, 0, 16);
	sb_epoch_add(&epoch, SB_EPOCH_VMGENID, SB_EPOCH_TREE, BASE + BYTES, 16);
	says("epoch=out-of-reach(tree)+not-understood(fw_cfg)");
	memory[CLOCK] ^= 1;
	add(SB_EPOCH_VMCLOCK, SB_EPOCH_ACPI, CLOCK);
	says("epoch=out-of-reach(tree)+not-understood(fw_cfg,acpi)");
	epoch.unclear = SB_EPOCH_FW_CFG;
	sb_epoch_acpi(&epoch, &acpi, SB_EIO);
	says("epoch=out-of-reach(tree)+not-understood(fw_cfg,acpi)");
	epoch.unclear = SB_EPOCH_FW_CFG;
	sb_epoch_acpi(&epoch, &acpi, SB_ENODEV);
	says("epoch=out-of-reach(tree)+not-understood(fw_cfg)");
	epoch.beyond = 0;
	begin_tree();
	device("microsoft,vmgenid", NULL, odd, 1);
	finish_tree();
	says("epoch=not-understood(fw_cfg,tree)");
	epoch.unclear = SB_EPOCH_FW_CFG;
	begin_tree();
	device("microsoft,vmgenid", NULL, NULL, 0);
	finish_tree();
	says("epoch=not-understood(fw_cfg,tree)");
	epoch.unclear = SB_EPOCH_TREE;
	begin_acpi();
	memory[SSDT + 9] ^= 1; /* a table that is broken */
	look();
	says("epoch=not-understood(acpi,tree)");
	epoch.unclear = SB_EPOCH_TREE;
	begin_acpi();
	aml_start();
	AML_OPEN("\x5b\x82"); /* a device without an address */
	AML("VGEN\x08_CID\x0dVM_Gen_Counter\0");
	aml_close();
	table(DSDT, "DSDT");
	look();
	says("epoch=not-understood(acpi,tree)");
}

/* The last bytes of the memory are an id like any other. */
static void an_id_has_16_bytes(void **state)
{
	(void)state;
	memset(memory + BYTES - 16, 0x5a, 16);
	begin_acpi();
	aml_start();
	simple(BYTES - 16);
	table(DSDT, "DSDT");
	look();
	says("epoch=vmgenid(acpi)");
	reads(SB_OK);
	assert_memory_equal(id, memory + BYTES - 16, 16);
}

/* ----------------------------------------------------------------- hostile */

/* Bytes by a fixed seed. The tables are summed again, so that most are read. */
static uint32_t next;
static uint32_t draw(void)
{
	next = next * 1664525 + 1013904223;
	return next >> 8;
}

static void survives_any_bytes(void **state)
{
	for (next = 1; next < 600; next++) {
		uint32_t again = next;

		setup(state);
		begin_acpi();
		aml_start();
		simple(GUID);
		simple_clock(CLOCK);
		table(DSDT, "DSDT");
		for (unsigned i = draw() % 16; i; i--)
			memory[DSDT + SB_ACPI_HEADER + draw() % aml_len] = (uint8_t)draw();
		for (unsigned i = draw() % 4; i; i--)
			memory[CLOCK + draw() % 112] = (uint8_t)draw();
		sum(DSDT, SB_ACPI_HEADER + aml_len, 9);
		look();
		(void)sb_epoch_read(&epoch, id);
		(void)sb_epoch_facts(&epoch, facts);
		begin_tree();
		device("microsoft,vmgenid", NULL, guid_cells, 4);
		for (unsigned i = draw() % 8; i; i--)
			blob[40 + draw() % (blob_len - 40)] = (uint8_t)draw();
		finish_tree();
		(void)sb_epoch_read(&epoch, id);
		next = again;
	}
}

#define NEW(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		NEW(no_place_is_no_epoch),
		NEW(one_id_is_the_epoch),
		NEW(a_place_is_one_however_often_it_is_found),
		NEW(all_places_enter),
		NEW(twins_are_not_zero),
		NEW(out_of_reach_is_not_absent),
		NEW(not_understood_is_not_absent),
		NEW(a_clock_that_is_written_for_ever_is_an_error),
		NEW(so_many_places),
		NEW(each_kind_is_a_place),
		NEW(the_edges_of_a_place),
		NEW(ways_add_up),
		NEW(an_id_has_16_bytes),
		NEW(all_facts_fit),
		NEW(tables_without_an_epoch),
		NEW(each_table_is_looked_through),
		NEW(ids_and_clocks_of_all_tables_enter),
		NEW(fw_cfg_and_acpi_agree),
		NEW(too_much_is_not_understood),
		NEW(a_broken_table_may_have_had_one),
		NEW(another_form_is_not_absent),
		NEW(a_device_that_is_off_is_absent),
		NEW(so_many_devices_of_a_table),
		NEW(nodes_of_a_tree),
		NEW(a_range_has_so_many_cells),
		NEW(a_node_without_a_reg_is_not_understood),
		NEW(a_node_that_is_off_is_absent),
		NEW(so_many_nodes),
		NEW(survives_any_bytes),
	};

	return cmocka_run_group_tests_name("places", tests, NULL, NULL);
}
