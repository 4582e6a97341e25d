/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where hypervisors say in AML that a generation id or a VMClock is, and what
 * is no such place. Needs hal/bus/aml*.c and hal/epoch/vmgenid_aml.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include "aml_forms.h"
#include "sb_aml.h"
#include "sb_epoch.h"

static const char *const ids[] = { "VM_Gen_Counter", "VMGENCTR", NULL };
static const char *const clock_ids[] = { "AMZNC10C", "VMCLOCK", NULL };

/* The words that firmware fills in, and an address that is out of reach. */
static uint32_t xen_word = 0x000fc140, hyperv_word[2] = { 0x7ffe2000, 0x12 };
static uint8_t word[4];

static const uint8_t *map(uint64_t address, uint32_t size)
{
	uint32_t value = 0;

	assert_int_equal(size, 4);
	if (address == 0xfc000014 || (address >= 0xfc000023 && address < 0xfc000030))
		value = xen_word;
	else if (address == 0xf7fe0010)
		value = hyperv_word[0];
	else if (address == 0xf7fe0014)
		value = hyperv_word[1];
	else
		return NULL;
	for (unsigned i = 0; i < 4; i++)
		word[i] = (uint8_t)(value >> 8 * i);
	return word;
}

static uint64_t address, size;

/* In a copy of just these bytes, so that the sanitizers see a read beyond. */
static int find(const uint8_t *from, uint32_t len)
{
	uint8_t *copy = malloc(len ? len : 1);
	struct sb_aml table = { copy, 0, len, 0 }, device;
	int result;

	memcpy(copy, from, len);
	address = 0;
	result = sb_aml_device(&table, ids, 0, &device);
	if (result == SB_OK)
		result = sb_vmgenid_aml(&table, &device, map, &address);
	free(copy);
	return result;
}

static int found(void)
{
	return find(aml_table, aml_len);
}

static int find_clock(uint32_t len)
{
	uint8_t *copy = malloc(len ? len : 1);
	struct sb_aml table = { copy, 0, len, 0 }, device;
	int result;

	memcpy(copy, aml_table, len);
	result = sb_aml_device(&table, clock_ids, 0, &device);
	if (result == SB_OK)
		result = sb_aml_memory(&device, &address, &size);
	free(copy);
	return result;
}

static void hyperv_newer(void)
{
	aml_hyperv_newer = 1;
	aml_hyperv();
	aml_hyperv_newer = 0;
}

static const struct {
	void (*make)(void);
	uint64_t address;
} forms[] = {
	{ aml_qemu, 0x07fff028 },       { aml_firecracker, 0x000deff0 },
	{ aml_libkrun, 0x123456000 },   { aml_bhyve, 0x1fffff000 },
	{ aml_xen, 0x000fc140 },        { aml_hyperv, 0x127ffe2000 },
	{ hyperv_newer, 0x127ffe2000 },
};
enum { FORMS = sizeof forms / sizeof *forms };

/* With lengths of 2 to 4 bytes. All of them are longer than one byte says. */
static void each_form_is_understood(void **state)
{
	(void)state;
	for (aml_wide = 4; aml_wide >= 2; aml_wide--)
		for (size_t i = 0; i < FORMS; i++) {
			forms[i].make();
			assert_int_equal(found(), SB_OK);
			assert_true(address == forms[i].address);
		}
	aml_wide = 2;
}

static void each_clock_is_understood(void **state)
{
	(void)state;
	aml_qemu_clock();
	assert_int_equal(find_clock(aml_len), SB_OK);
	assert_true(address == 0xfeffb000 && size == 0x1000);
	aml_firecracker_clock();
	assert_int_equal(find_clock(aml_len), SB_OK);
	assert_true(address == 0xdf000 && size == 0x1000);
}

/* Once its ID is there it is never absent: it is understood, or it is not. */
static void cut_short_it_is_not_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < FORMS; i++) {
		uint32_t id = 0;

		forms[i].make();
		while (find(aml_table, id) == SB_ENODEV)
			id++;
		for (uint32_t len = 0; len < aml_len; len++) {
			int result = find(aml_table, len);

			/* what comes behind the device is not needed */
			if (result == SB_OK)
				assert_true(address == forms[i].address);
			else
				assert_int_equal(result, len < id ? SB_ENODEV : SB_EIO);
		}
	}
	aml_qemu_clock();
	for (uint32_t len = 40; len < aml_len; len++)
		assert_int_equal(find_clock(len), SB_EIO);
}

/* A word that firmware did not fill in: there is no id. */
static void no_address_is_no_id(void **state)
{
	(void)state;
	xen_word = hyperv_word[0] = hyperv_word[1] = aml_vgia = 0;
	aml_xen();
	assert_int_equal(found(), SB_ENODEV);
	aml_hyperv();
	assert_int_equal(found(), SB_ENODEV);
	aml_qemu();
	assert_int_equal(found(), SB_ENODEV);
	hyperv_word[1] = 1; /* an address all the same */
	aml_hyperv();
	assert_int_equal(found(), SB_OK);
	assert_true(address == 0x100000000);
	hyperv_word[0] = 0x7ffe2000;
	hyperv_word[1] = 0;
	aml_hyperv();
	assert_int_equal(found(), SB_OK);
	assert_true(address == 0x7ffe2000);
	xen_word = 0x000fc140;
	hyperv_word[1] = 0x12;
	aml_vgia = 0x07fff000;
}

/* A device with an ID and this object; `text` ends the table. */
static void device(const char *text, size_t len)
{
	aml_start();
	AML_OPEN("\x5b\x82");
	AML("VGEN\x08_CID\x0dVM_Gen_Counter\0");
	aml_raw(text, len);
	aml_close();
}
#define DEVICE(text) (device(text, sizeof text - 1), found())

static void constants_of_each_size(void **state)
{
	(void)state;
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x05\x02\x0a\x10\0"),
			 SB_OK);
	assert_true(address == 0x10);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x05\x02\x01\x0a\xff"),
			 SB_OK);
	assert_true(address == 0xff00000001);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x08\x02\x0b\x34\x12\x0b\x01\0"),
			 SB_OK);
	assert_true(address == 0x100001234);
	assert_int_equal(DEVICE("\x08\\"
				"ADDR\x12\x08\x02\x0c\x78\x56\x34\x12\0"),
			 SB_OK);
	assert_true(address == 0x12345678);
	assert_int_equal(DEVICE("\x08^^.VGEN"
				"ADDR\x12\x41\0\x02\x0b\x34\x12\0"),
			 SB_EIO);
	assert_int_equal(DEVICE("\x08^^.VGEN"
				"ADDR\x12\x47\0\x02\x0b\x34\x12\0"),
			 SB_OK);
	assert_true(address == 0x1234);
	/* reserved bits of the first byte are passed over */
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x77\0\x02\x0b\x34\x12\0"),
			 SB_OK);
	assert_int_equal(DEVICE("\x08/\x03_SB_VGEN"
				"ADDR\x12\x88\0\0\x02\x0b\x34\x12\0"),
			 SB_OK);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\xc9\0\0\0\x02\x0b\x34\x12\0"),
			 SB_OK);
	assert_int_equal(DEVICE("\x14\x0f"
				"ADDR\0\xa4\x12\x07\x02\x0b\x34\x12\x0a\x07"),
			 SB_OK);
	assert_true(address == 0x700001234);
	/* halves as large as they may be */
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x08\x02\0\x0c\xff\xff\xff\xff"),
			 SB_OK);
	assert_true(address == 0xffffffff00000000);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x08\x02\x0c\xff\xff\xff\xff\x01"),
			 SB_OK);
	assert_true(address == 0x1ffffffff);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x0c\x02\x0e\0\0\0\0\x01\0\0\0\x01"),
			 SB_EIO);
}

/* Others, of which some are valid AML. */
static void another_form_is_not_understood(void **state)
{
	(void)state;
	assert_int_equal(DEVICE(""), SB_EIO); /* no ADDR */
	assert_int_equal(DEVICE("\x08"
				"ADDX\x12\x05\x02\x0a\x10\0"),
			 SB_EIO);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x05\x03\x0a\x10\0"),
			 SB_EIO); /* three */
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x04\x02\x0a\x10"),
			 SB_EIO); /* one of two */
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x06\x02\x0a\x10\0\0"),
			 SB_EIO);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x04\x02\0\0"),
			 SB_EIO); /* address 0 */
	assert_int_equal(DEVICE("\x08"
				"ADDR\x0a\x10"),
			 SB_EIO); /* one number */
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x05\x02\xff\x01"),
			 SB_EIO);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x04\x02\xff\x01"),
			 SB_EIO);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x0c\x02\0\x0e\0\0\0\0\x01\0\0\0"),
			 SB_EIO);
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x09\x02VGIA\0"),
			 SB_EIO); /* a name in it */
	assert_int_equal(DEVICE("\x08"
				"ADDR\x12\x05\x02\x0a\x10\0"
				"\x08"
				"ADDR\x12\x05\x02\x0a\x20\0"),
			 SB_EIO); /* two */
	assert_int_equal(DEVICE("\x14\x0d"
				"ADDR\0\xa4\x12\x05\x02\x0a\x10\0"
				"\x14\x0d"
				"ADDR\0\xa4\x12\x05\x02\x0a\x10\0"),
			 SB_EIO); /* two methods */
	assert_int_equal(DEVICE("\x14\x08"
				"ADDR\0\xa4\x60"),
			 SB_EIO); /* of nothing */
	assert_int_equal(DEVICE("\x14\x10"
				"ADDR\0\x86VGEN\x0a\x80\xa4\x60"),
			 SB_EIO);
	assert_int_equal(DEVICE("\x14\x0e"
				"ADDR\0\xa4\x12\x05\x02\x0a\x10\0\0"),
			 SB_EIO);
	assert_int_equal(DEVICE("\x14\x0f"
				"ADDR\0\xa4VGIA\x12\x03\x02\0\0"),
			 SB_EIO);
}

/* QEMU's form with one byte changed. */
static void patched(const char *text, size_t len, unsigned at, uint8_t byte)
{
	aml_qemu();
	for (uint32_t i = 0; i < aml_len; i++)
		if (memcmp(aml_table + i, text, len) == 0) {
			aml_table[i + at] = byte;
			return;
		}
	fail();
}

static void a_method_that_does_more_is_not_understood(void **state)
{
	static const char sum[] = "\x70\x72VGIA\x0a\x28\0\x88\x60\0";
	static const char high[] = "\x70\0\x88\x60\x01\0\xa4\x60";

	(void)state;
	patched(sum, sizeof sum, 5, 'B'); /* VGIB: no such name */
	assert_int_equal(found(), SB_EIO);
	patched(sum, sizeof sum, 8, 0x61); /* the sum goes into Local1 as well */
	assert_int_equal(found(), SB_EIO);
	patched(sum, sizeof sum, 10, 0x61); /* another package */
	assert_int_equal(found(), SB_EIO);
	patched(high, 6, 4, 2); /* a third half */
	assert_int_equal(found(), SB_EIO);
	patched(high, 6, 4, 0); /* the same half twice */
	assert_int_equal(found(), SB_EIO);
	patched(high, 8, 7, 0x61); /* another one is returned */
	assert_int_equal(found(), SB_EIO);
	patched(high, 6, 0, 0x77); /* Multiply */
	assert_int_equal(found(), SB_EIO);
	patched("\x08VGIA", 5, 1, 'W'); /* the name is gone */
	assert_int_equal(found(), SB_EIO);
	aml_qemu();
	AML("\x08VGIA\x0c\0\x10\0\0"); /* the name is there twice */
	assert_int_equal(found(), SB_EIO);
	aml_qemu();
	AML("\x08VGIA\x0dX\0"); /* and once as a string */
	assert_int_equal(found(), SB_OK);
	assert_true(address == 0x07fff028);
}

/* ADDR as a method of this body, beside a number and two packages. */
static int method(const char *body, size_t len)
{
	aml_start();
	AML("\x08HUGE\x0e\xff\xff\xff\xff\xff\xff\xff\xff");
	AML_OPEN("\x5b\x82");
	AML("VGEN\x08_CID\x0dVM_Gen_Counter\0\x08PKG2\x12\x04\x02\0\0\x08PKG3\x12\x04\x03\0\0");
	AML_OPEN("\x14");
	AML("ADDR\0");
	aml_raw(body, len);
	aml_close();
	aml_close();
	return found();
}
#define METHOD(body) method(body, sizeof body - 1)
#define EMPTY_TO "\x70\x12\x02\x02"
#define FULL_TO "\x70\x12\x05\x02\x0a\x10\0"

static void a_value_is_what_it_was_last(void **state)
{
	(void)state;
	assert_int_equal(METHOD(EMPTY_TO "\x60\x70\x0a\x20\x88\x60\0\0\x70\x01\x88\x60\x01\0"
					 "\xa4\x60"),
			 SB_OK);
	assert_true(address == 0x100000020);
	assert_int_equal(METHOD(FULL_TO "\x67\xa4\x67"), SB_OK); /* the last Local */
	assert_true(address == 0x10);
	assert_int_equal(METHOD("\x70\x0a\x30\x88PKG2\0\0\xa4PKG2"), SB_OK);
	assert_true(address == 0x30);
	assert_int_equal(METHOD("\x70\x0a\x30\x88PKG3\0\0\xa4PKG3"), SB_EIO);
	/* a package that is made again has lost both; one half is not enough */
	assert_int_equal(METHOD(FULL_TO "\x60" EMPTY_TO "\x60\xa4\x60"), SB_EIO);
	assert_int_equal(METHOD(EMPTY_TO "\x60\x70\x01\x88\x60\x01\0\xa4\x60"), SB_EIO);
	/* up to 64 bits, and not around */
	assert_int_equal(METHOD(FULL_TO "\x60\x70HUGE\x88\x60\0\0\xa4\x60"), SB_OK);
	assert_true(address == UINT64_MAX);
	assert_int_equal(METHOD(FULL_TO "\x60\x70\x72HUGE\x0a\x11\0\x88\x60\0\0\xa4\x60"), SB_EIO);
}

/* What would be of no effect, or is of no form. */
static void each_statement_is_understood(void **state)
{
	(void)state;
	assert_int_equal(METHOD(FULL_TO "\x60\x70\0\x88\x60\x01\0\xa4\x60"), SB_OK);
	assert_int_equal(METHOD(FULL_TO "\x60\x70\0\x88\x60\x0a\x02\0\xa4\x60"), SB_EIO);
	assert_int_equal(METHOD(FULL_TO "\x60\x70\0\x60\x01\0\xa4\x60"), SB_EIO); /* no Index */
	assert_int_equal(METHOD("\x08LPKG\x12\x05\x02\x0a\x10\0\xa4LPKG"), SB_OK);
	assert_int_equal(METHOD("\x08LPKG\x05\x02\x0a\x10\0\xa4LPKG"), SB_EIO); /* no Package */
	/* a name of no parts is none */
	assert_int_equal(METHOD("\x70\0\x88/\0\0\0\xa4\x12\x05\x02\x0a\x10\0"), SB_EIO);
	assert_int_equal(METHOD(FULL_TO "/\0\xa4/\0"), SB_EIO);
}

/* With and without the one that returns. */
static void statements_are_sixteen_at_most(void **state)
{
	(void)state;
	aml_wide = 3; /* a length whose last byte is 8 looks like Name(ADDR) */
	for (unsigned stores = 14; stores <= 17; stores++) {
		char body[17 * 8 + 2];

		for (unsigned i = 0; i < stores; i++)
			memcpy(body + 8 * i, FULL_TO "\x60", 8);
		memcpy(body + 8 * stores, "\xa4\x60", 2);
		assert_int_equal(method(body, 8 * stores + 2), stores < 16 ? SB_OK : SB_EIO);
		assert_int_equal(method(body, 8 * stores), SB_EIO);
	}
	aml_wide = 2;
}

/* Xen's form with other fields. */
static int fields(const char *list, size_t len, uint8_t space)
{
	aml_start();
	AML("\x5b\x80"
	    "BIOS");
	aml_le(space, 1);
	aml_dword(0xfc000000);
	AML("\x0a\x28");
	AML_OPEN("\x5b\x81");
	AML("BIOS\x01");
	aml_raw(list, len);
	aml_close();
	AML_OPEN("\x5b\x82");
	AML("VGID\x08_CID\x0dvm_gen_counter\0\x08PKG_\x12\x04\x02\0\0");
	AML_OPEN("\x14");
	AML("ADDR\0\x70^^^VGIA\x88PKG_\0\0\xa4PKG_");
	aml_close();
	aml_close();
	return found();
}
#define FIELDS(list) fields(list, sizeof list - 1, 0)

static void a_field_is_read_where_it_is(void **state)
{
	(void)state;
	assert_int_equal(FIELDS("\0\x40\x0aVGIA\x20"), SB_OK); /* behind a gap of 160 bits */
	assert_true(address == xen_word);
	assert_int_equal(FIELDS("\x01\x03\x04"
				"ABCD\x40\x0aVGIA\x20"),
			 SB_OK);
	assert_int_equal(FIELDS("\0\x40\x0aVGIA\x10"), SB_EIO);       /* 16 bits */
	assert_int_equal(FIELDS("\0\x41\x0aVGIA\x20"), SB_EIO);       /* between bytes */
	assert_int_equal(FIELDS("\0\x48\x0aVGIA\x20"), SB_EIO);       /* not what map knows */
	assert_int_equal(FIELDS("\0\x48\x12VGIA\x20"), SB_EIO);       /* behind the region */
	assert_int_equal(FIELDS("\x02\0\0\x40\x0aVGIA\x20"), SB_EIO); /* a connection */
	assert_int_equal(FIELDS("\0\xcf\xff\xff\xff\0\xcf\xff\xff\xff\0\xcf\xff\xff\xff"
				"\0\xcf\xff\xff\xff\0\xcf\xff\xff\xff\0\xcf\xff\xff\xff"
				"\0\xcf\xff\xff\xff\0\xcf\xff\xff\xff\0\xcf\xff\xff\xffVGIA\x20"),
			 SB_EIO);
	assert_int_equal(FIELDS("\0\x40\x0aVGIA\x20VGIA\x20"), SB_OK); /* the first */
	/* the last that fits into 40 bytes: at 36, and at 35 */
	assert_int_equal(FIELDS("\0\x40\x12VGIA\x20"), SB_OK);
	assert_int_equal(FIELDS("\0\x48\x11VGIA\x20"), SB_OK);
	assert_int_equal(fields("\0\x40\x0aVGIA\x20", 8, 1), SB_EIO); /* ports */
	assert_int_equal(FIELDS("\0\x40\x0aVGIB\x20"), SB_EIO);
}

/* Else a table of nothing but fields would take minutes. */
static void a_list_of_fields_is_short(void **state)
{
	char list[258] = { 0 }; /* gaps of no bits, behind these */

	(void)state;
	memcpy(list, "\0\x40\x0aVGIA\x20", 8);
	assert_int_equal(fields(list, 256, 0), SB_OK);
	assert_int_equal(fields(list, 258, 0), SB_EIO);
}

/* A field of this name that is not understood ends the search. */
static void a_field_is_the_only_one_of_its_name(void **state)
{
	(void)state;
	FIELDS("\0\x40\x0aVGIA\x20");
	AML("\x5b\x81\x0b"
	    "BIOS\x01VGIA\x20");
	assert_int_equal(found(), SB_EIO);
	FIELDS("\0\x40\x0aVGIA\x20");
	AML("\x5b\x81\x0b"
	    "GONE\x01VGIA\x20");
	assert_int_equal(found(), SB_EIO);
	FIELDS("\0\x40\x0aVGIA\x20");
	AML("\x5b\x81\x0b"
	    "GONE\x01VGIB\x20");
	assert_int_equal(found(), SB_OK);
}

/* Where something is not understood, what is behind it is not looked for. */
static void a_list_of_fields_is_read_from_its_start(void **state)
{
	(void)state;
	assert_int_equal(FIELDS("\x01\0\0\x01\0\0\0\x40\x0aVGIA\x20\x01\0\0"), SB_OK);
	assert_int_equal(FIELDS("\0\x40\x0aVGIB\x20\x01\0\0"), SB_EIO);
	/* connections: like a name of no bits, and like one of 160 */
	assert_int_equal(FIELDS("\0\x40\x0a\x02IOX\0VGIA\x20"), SB_EIO);
	assert_int_equal(FIELDS("\x02IOX\x40\x0aVGIA\x20"), SB_EIO);
	assert_int_equal(FIELDS("\0\x40\x0aVGIA\x80\x02"), SB_EIO); /* cut short */
	assert_int_equal(FIELDS("\0\x40\x0a"), SB_EIO);             /* no name at all */
	/* bytes that look like a region and a field, but for their prefix */
	FIELDS("\0\x40\x0aVGIA\x20");
	AML("\x80"
	    "BIOS\0\x0c\0\0\0\xfd\x0a\x28\x81\x0b"
	    "BIOS\x01VGIA\x20");
	assert_int_equal(found(), SB_OK);
}

static void two_regions_of_a_name_are_not_understood(void **state)
{
	(void)state;
	FIELDS("\0\x40\x0aVGIA\x20");
	AML("\x5b\x80"
	    "BIOS\0\x0c\0\0\0\xfc\x0a\x28");
	assert_int_equal(found(), SB_EIO);
	FIELDS("\0\x40\x0aVGIA\x20");
	aml_table[2] = 'X'; /* none of the name */
	assert_int_equal(found(), SB_EIO);
	aml_table[2] = 'B';
	aml_table[12] = 0x0d; /* one whose size is a string */
	assert_int_equal(found(), SB_EIO);
	aml_table[12] = 0x0a;
	assert_int_equal(found(), SB_OK);
}

/* What a reader gives, where it stands then, and whether it was good. */
static struct sb_aml at;
static void begin(const char *text, size_t len)
{
	memcpy(aml_table, text, len);
	memset(aml_table + len, 0x7f, 16); /* nobody reads it */
	at = (struct sb_aml){ aml_table, 0, (uint32_t)len, 0 };
}
#define BEGIN(text) begin(text, sizeof text - 1)
#define IS(call, value, stands, is_bad)                   \
	do {                                              \
		assert_true((uint64_t)(call) == (value)); \
		assert_int_equal(at.now, stands);         \
		assert_int_equal(at.bad, is_bad);         \
	} while (0)

static void a_reader_stays_inside(void **state)
{
	(void)state;
	BEGIN("\x05");
	IS(sb_aml_is(&at, 6), 0, 0, 0);
	IS(sb_aml_is(&at, 5), 1, 1, 0);
	IS(sb_aml_is(&at, 0x7f), 0, 1, 0);
	IS(sb_aml_byte(&at), 0, 1, 1);
	BEGIN("\x01\x02\x03\x04\x05\x06\x07\x88\x09");
	IS(sb_aml_number(&at, 8), 0x8807060504030201, 8, 0);
	IS(sb_aml_number(&at, 2), 9, 9, 1);
	BEGIN("\0\x01\x02\xff\x0a\xfe\x0b\x34\x12\x0c\x78\x56\x34\x92\x0e\x01\0\0\0\0\0\0\x80");
	IS(sb_aml_integer(&at), 0, 1, 0);
	IS(sb_aml_integer(&at), 1, 2, 0);
	at.now = 4;
	IS(sb_aml_integer(&at), 0xfe, 6, 0);
	IS(sb_aml_integer(&at), 0x1234, 9, 0);
	IS(sb_aml_integer(&at), 0x92345678, 14, 0);
	IS(sb_aml_integer(&at), 0x8000000000000001, 23, 0);
	IS(sb_aml_integer(&at), 0, 23, 1);
	for (uint32_t other = 2; other < 4; other++) {
		BEGIN("\0\x01\x02\xff");
		at.now = other;
		(void)sb_aml_integer(&at);
		assert_int_equal(at.bad, 1);
	}
}

static void a_name_has_any_prefix(void **state)
{
	static const uint32_t name = SB_AML_NAME('A', 'B', 'C', '9');

	(void)state;
	BEGIN("ABC9");
	IS(sb_aml_name(&at), name, 4, 0);
	BEGIN("\\ABC9");
	IS(sb_aml_name(&at), name, 5, 0);
	BEGIN("^^ABC9");
	IS(sb_aml_name(&at), name, 6, 0);
	BEGIN("\\.WXYZABC9");
	IS(sb_aml_name(&at), name, 10, 0);
	BEGIN("/\x03RSTUWXYZABC9");
	IS(sb_aml_name(&at), name, 14, 0);
	BEGIN("/\x08HIJKHIJKHIJKHIJKHIJKHIJKHIJKABC9");
	IS(sb_aml_name(&at), name, 34, 0);
	BEGIN("/\x09HIJKHIJKHIJKHIJKHIJKHIJKHIJKHIJKABC9");
	IS(sb_aml_name(&at), 0, 2, 1);
	BEGIN("/\0ABC9");
	IS(sb_aml_name(&at), 0, 2, 0);
	BEGIN("^ABC");
	IS(sb_aml_name(&at) == name, 0, 4, 1);
}

static void a_length_has_one_to_four_bytes(void **state)
{
	(void)state;
	BEGIN("\x3f");
	IS(sb_aml_length(&at), 0x3f, 1, 0);
	BEGIN("\x4f\xfe");
	IS(sb_aml_length(&at), 0xfef, 2, 0);
	BEGIN("\x81\x32\x54");
	IS(sb_aml_length(&at), 0x54321, 3, 0);
	BEGIN("\xc1\x32\x54\x76");
	IS(sb_aml_length(&at), 0x7654321, 4, 0);
	BEGIN("\xc1\x32");
	IS(sb_aml_length(&at), 0x321, 2, 1);
}

static void a_span_ends_within_its_table(void **state)
{
	struct sb_aml span;

	(void)state;
	BEGIN("\x03"
	      "ABC");
	span = sb_aml_span(&at);
	assert_true(span.now == 1 && span.end == 3 && !span.bad && at.now == 3 && at.end == 4);
	BEGIN("\x01");
	span = sb_aml_span(&at);
	assert_true(span.now == 1 && span.end == 1 && !span.bad && at.now == 1 && !at.bad);
	BEGIN("\x02");
	span = sb_aml_span(&at);
	assert_true(span.now == span.end && span.bad && at.bad);
	BEGIN("\x41\0X"); /* less than its own bytes */
	span = sb_aml_span(&at);
	assert_true(span.bad && span.now == 3 && at.bad);
	BEGIN("\0X");
	span = sb_aml_span(&at);
	assert_true(span.bad && at.bad);
	BEGIN("\x81"); /* as long as the table, and cut short */
	span = sb_aml_span(&at);
	assert_true(span.bad && at.bad);
}

static int with_id(const char *id, const char *text, size_t len)
{
	const char *const one[] = { id, NULL };
	struct sb_aml device;

	begin(text, len);
	return sb_aml_device(&at, one, 0, &device);
}

static void an_id_has_either_case(void **state)
{
	(void)state;
	assert_int_equal(with_id("az[",
				 "\x0d"
				 "AZ[",
				 5),
			 SB_EIO);
	assert_int_equal(with_id("AZ[",
				 "\x0d"
				 "az[",
				 5),
			 SB_EIO);
	assert_int_equal(with_id("az[",
				 "\x0d"
				 "az{",
				 5),
			 SB_ENODEV);
	assert_int_equal(with_id("az@",
				 "\x0d"
				 "az`",
				 5),
			 SB_ENODEV);
	assert_int_equal(with_id("az",
				 "\x0d"
				 "az",
				 4),
			 SB_EIO);
	assert_int_equal(with_id("az",
				 "\x0d"
				 "az",
				 3),
			 SB_ENODEV); /* it does not end */
}

/* Bytes that only look like a device, around the ID or not. */
static void only_a_device_is_one(void **state)
{
	struct sb_aml device;

	(void)state;
	aml_start();
	AML_OPEN("\x5b\x82");
	AML("VGEN\x08XXXX\x0a\x82\x3f\x08XXXX\x5b\x81\x3f"
	    "ABCD\x5b\x82\x05"
	    "EFGH\x5b\x82\x42\0\x08_CID\x5b\x82\x0dVMGENCTR\0");
	aml_len += 64;
	aml_close();
	at = (struct sb_aml){ aml_table, 0, aml_len, 0 };
	assert_int_equal(sb_aml_device(&at, ids, 0, &device), SB_OK);
	assert_memory_equal(aml_table + device.now, "VGEN", 4);
	assert_int_equal(device.end, aml_len);
}

/* The innermost device around the ID, and each device once. */
static void devices_are_counted(void **state)
{
	struct sb_aml table, one;

	(void)state;
	aml_xen();
	table = (struct sb_aml){ aml_table, 0, aml_len, 0 };
	assert_int_equal(sb_aml_device(&table, ids, 0, &one), SB_OK);
	assert_memory_equal(aml_table + one.now, "VGID", 4);
	assert_int_equal(sb_aml_device(&table, ids, 1, &one), SB_ENODEV);
	AML_OPEN("\x5b\x82");
	AML("GENC\x08_HID\x0dVMGENCTR\0\x08_CID\x0dVM_Gen_Counter\0");
	aml_close();
	AML("\x0dVMGENCTR\0"); /* in no device */
	table.end = aml_len;
	assert_int_equal(sb_aml_device(&table, ids, 1, &one), SB_OK);
	assert_memory_equal(aml_table + one.now, "GENC", 4);
	assert_int_equal(sb_aml_device(&table, ids, 2, &one), SB_EIO);
	assert_int_equal(sb_aml_device(&table, ids, 3, &one), SB_ENODEV);
	/* an ID is a whole string */
	aml_start();
	AML("\x0dVMGENCTR2\0\x0dVMGENCT\0\x0cVMGENCTR\0VMGENCTR\0");
	table.end = aml_len;
	assert_int_equal(sb_aml_device(&table, ids, 0, &one), SB_ENODEV);
}

static int is_gone(const char *text, size_t len)
{
	struct sb_aml range = { (const uint8_t *)text, 0, (uint32_t)len, 0 };

	return sb_aml_gone(&range);
}
#define GONE(text) is_gone(text, sizeof text - 1)

static void a_constant_status_is_heeded(void **state)
{
	(void)state;
	assert_int_equal(GONE("\x08_STA\0"), 1);
	assert_int_equal(GONE("\x08_STA\x0a\x0e"), 1);
	assert_int_equal(GONE("\x08_STA\x01"), 0);
	assert_int_equal(GONE("\x08_STA\x0a\x0f"), 0);
	assert_int_equal(GONE("\x08_STA\x0c"), 0);
	assert_int_equal(GONE("\x08_STX\0"), 0);
	assert_int_equal(GONE("\x14\x08_STA\0\xa4\0"), 0); /* a method may change its mind */
}

static int resources(const char *items, size_t len)
{
	aml_start();
	AML_OPEN("\x5b\x82");
	AML("VCLK\x08_HID\x0d"
	    "AMZNC10C\0\x08_CRS");
	AML_OPEN("\x11");
	AML("\x0a");
	aml_le(len, 1);
	aml_raw(items, len);
	aml_close();
	aml_close();
	return find_clock(aml_len);
}
#define RESOURCES(items) resources(items, sizeof items - 1)
#define MEMORY_32 "\x86\x09\0\0\0\x10\0\xfe\0\x10\0\0"

static void a_clock_has_one_range_of_memory(void **state)
{
	(void)state;
	assert_int_equal(RESOURCES(MEMORY_32 "\x79\0"), SB_OK);
	assert_true(address == 0xfe001000 && size == 0x1000);
	assert_int_equal(RESOURCES("\x22\x02\0" MEMORY_32 "\x89\x06\0\x01\x01\x05\0\0\0\x79\0"),
			 SB_OK);
	assert_int_equal(
		RESOURCES("\x87\x17\0\0\0\0\0\0\0\0\0\0\0\xfe\xff\x0f\0\xfe\0\0\0\0\0\x10\0\0"
			  "\x79\0"),
		SB_OK);
	assert_true(address == 0xfe000000 && size == 0x1000);
	/* moved by a bridge; ports; two; none; behind the end; cut short */
	assert_int_equal(
		RESOURCES("\x87\x17\0\0\0\0\0\0\0\0\0\0\0\xfe\xff\x0f\0\xfe\x01\0\0\0\0\x10\0"
			  "\0\x79\0"),
		SB_EIO);
	assert_int_equal(
		RESOURCES("\x87\x17\0\x01\0\0\0\0\0\0\0\0\0\xfe\xff\x0f\0\xfe\0\0\0\0\0\x10\0"
			  "\0\x79\0"),
		SB_EIO);
	assert_int_equal(RESOURCES(MEMORY_32 MEMORY_32 "\x79\0"), SB_EIO);
	assert_int_equal(RESOURCES("\x79\0"), SB_EIO);
	/* what is in an item is no item; and one that is too short */
	assert_int_equal(RESOURCES("\x22\x79\0\x31\x79" MEMORY_32 "\x79\0"), SB_OK);
	assert_int_equal(RESOURCES("\x86\x08\0\0\0\x10\0\xfe\0\x10\0\x79\0"), SB_EIO);
	assert_int_equal(RESOURCES("\x87\x10\0\0\0\0\0\0\0\0\0\0\0\xfe\xff\x0f\0\xfe\x79\0"),
			 SB_EIO);
	assert_int_equal(RESOURCES(MEMORY_32), SB_EIO); /* the list does not end */
	assert_int_equal(RESOURCES("\x8b\x01\0\0" MEMORY_32 MEMORY_32 MEMORY_32 MEMORY_32 "\x79\0"),
			 SB_EIO);
	assert_int_equal(RESOURCES("\x79\0" MEMORY_32), SB_EIO);
	assert_int_equal(RESOURCES("\x86\x08\0\0\0\x10\0\xfe\0\x10\0"), SB_EIO);
	assert_int_equal(RESOURCES("\x86\x09\0\0\0\x10\0\xfe\0\x10\0"), SB_EIO);
	assert_int_equal(RESOURCES(MEMORY_32 "\x85\x11\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
			 SB_EIO);
}

/* _CRS as a method, twice, or as none of these. */
static int crs(const char *objects, size_t len)
{
	aml_start();
	AML_OPEN("\x5b\x82");
	AML("VCLK\x08_HID\x0d"
	    "AMZNC10C\0");
	aml_raw(objects, len);
	aml_close();
	return find_clock(aml_len);
}
#define CRS(objects) crs(objects, sizeof objects - 1)
#define BUFFER "\x11\x11\x0a\x0e" MEMORY_32 "\x79\0"

static void resources_are_a_constant(void **state)
{
	(void)state;
	assert_int_equal(CRS("\x08_CRS" BUFFER), SB_OK);
	assert_int_equal(CRS("\x14\x19_CRS\0\xa4" BUFFER), SB_OK);
	assert_int_equal(CRS("\x14\x19_CRS\0\xa5" BUFFER), SB_EIO);
	assert_int_equal(CRS("\x14\x18_CRS\0" BUFFER), SB_EIO);
	assert_int_equal(CRS("\x08_CRS" BUFFER "\x08_CRS" BUFFER), SB_EIO);
	assert_int_equal(CRS("\x08_CRX" BUFFER), SB_EIO);
	assert_int_equal(CRS("\x08_CRS\x12\x03\0\0"), SB_EIO);
	assert_int_equal(CRS("\x08_CRS\x11\x11\x0d\x0e" MEMORY_32 "\x79\0"), SB_EIO);
}

/* Bytes by a fixed seed. Each step of the search is bounded and inside. */
static uint32_t next;
static uint32_t draw(void)
{
	next = next * 1664525 + 1013904223;
	return next >> 8;
}

static void survives_any_bytes(void **state)
{
	(void)state;
	for (next = 1; next < 3000; next++) {
		uint32_t again = next;

		if (next % 2)
			forms[next / 2 % FORMS].make();
		else
			aml_qemu_clock();
		for (unsigned i = draw() % 12; i; i--)
			aml_table[draw() % aml_len] = (uint8_t)(draw() % 3 ? draw() : 0xff);
		(void)find(aml_table, draw() % 4 ? aml_len : draw() % aml_len);
		(void)find_clock(aml_len);
		next = again;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form_is_understood),
		cmocka_unit_test(each_clock_is_understood),
		cmocka_unit_test(cut_short_it_is_not_understood),
		cmocka_unit_test(no_address_is_no_id),
		cmocka_unit_test(constants_of_each_size),
		cmocka_unit_test(another_form_is_not_understood),
		cmocka_unit_test(a_method_that_does_more_is_not_understood),
		cmocka_unit_test(a_value_is_what_it_was_last),
		cmocka_unit_test(each_statement_is_understood),
		cmocka_unit_test(statements_are_sixteen_at_most),
		cmocka_unit_test(a_field_is_read_where_it_is),
		cmocka_unit_test(a_list_of_fields_is_short),
		cmocka_unit_test(a_field_is_the_only_one_of_its_name),
		cmocka_unit_test(a_list_of_fields_is_read_from_its_start),
		cmocka_unit_test(two_regions_of_a_name_are_not_understood),
		cmocka_unit_test(a_reader_stays_inside),
		cmocka_unit_test(a_name_has_any_prefix),
		cmocka_unit_test(a_length_has_one_to_four_bytes),
		cmocka_unit_test(a_span_ends_within_its_table),
		cmocka_unit_test(an_id_has_either_case),
		cmocka_unit_test(only_a_device_is_one),
		cmocka_unit_test(devices_are_counted),
		cmocka_unit_test(a_constant_status_is_heeded),
		cmocka_unit_test(a_clock_has_one_range_of_memory),
		cmocka_unit_test(resources_are_a_constant),
		cmocka_unit_test(survives_any_bytes),
	};

	return cmocka_run_group_tests_name("aml", tests, NULL, NULL);
}
