/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aml.h"
#include "sb_epoch.h"

/* ACPI 6.5 section 20.3 */
#define GUID_LOCAL0 0x60
#define GUID_LOCAL7 0x67
#define GUID_STORE 0x70
#define GUID_ADD 0x72
#define GUID_INDEX 0x88
#define GUID_NO_TARGET 0

/* One more statement, or none: what hypervisors emit has five at most. */
#define GUID_STATEMENTS_MAX 16

/* What ADDR builds: a package of the two halves of an address. */
struct guid_package {
	uint32_t name; /* or the opcode of LocalN; 0: there is none yet */
	uint64_t half[2];
	uint8_t set;          /* a bit for each half that has a value */
	uint8_t named, other; /* values that a firmware filled in; those not 0 */
};

/* Where ADDR is read. */
struct guid_reader {
	const struct sb_aml *table, *device;
	sb_acpi_map *map;
	struct guid_package package;
};

/* Integer, Name, or Add(Name, Integer). */
static uint64_t guid_value(struct guid_reader *reader, struct sb_aml *aml)
{
	struct sb_aml constant = *aml;
	int sum = sb_aml_is(aml, GUID_ADD); /* which is no constant */
	uint64_t value = sb_aml_integer(&constant), more = 0;

	if (!constant.bad) {
		*aml = constant;
		return value;
	}
	if (!sb_aml_named(reader->table, reader->map, sb_aml_name(aml), &value))
		aml->bad = 1;
	if (sum) {
		more = sb_aml_integer(aml);
		if (sb_aml_byte(aml) != GUID_NO_TARGET)
			aml->bad = 1;
	}
	reader->package.named = 1;
	reader->package.other |= value != 0;
	if (value > UINT64_MAX - more)
		aml->bad = 1;
	return value + more;
}

/* Package(2) with two numbers or none. */
static void guid_new_package(struct guid_reader *reader, struct sb_aml *aml, uint32_t name)
{
	struct sb_aml span = sb_aml_span(aml);
	unsigned count = sb_aml_byte(&span);

	reader->package.name = name;
	reader->package.set = 0;
	for (unsigned i = 0; i < 2 && span.now < span.end; i++) {
		reader->package.half[i] = sb_aml_integer(&span);
		reader->package.set |= (uint8_t)(1 << i);
	}
	if (span.bad || count != 2 || span.now != span.end)
		aml->bad = 1;
}

/* LocalN or a name. */
static uint32_t guid_target(struct sb_aml *aml)
{
	for (uint8_t local = GUID_LOCAL0; local <= GUID_LOCAL7; local++)
		if (sb_aml_is(aml, local))
			return local;
	return sb_aml_name(aml);
}

/* Behind Index(: the package, which may be an object of the device, and which
   half of it. */
static void guid_store_half(struct guid_reader *reader, struct sb_aml *aml, uint64_t value)
{
	uint32_t name = guid_target(aml);
	uint64_t which = sb_aml_integer(aml);
	struct sb_aml object;

	if (!reader->package.name &&
	    sb_aml_object(reader->device, name, &object) == SB_AML_NAME_OP &&
	    sb_aml_is(&object, SB_AML_PACKAGE)) {
		guid_new_package(reader, &object, name);
		aml->bad |= object.bad;
	}
	if (sb_aml_byte(aml) != GUID_NO_TARGET || which > 1 || !name ||
	    name != reader->package.name) {
		aml->bad = 1;
		return;
	}
	reader->package.half[which] = value;
	reader->package.set |= (uint8_t)(1 << which);
}

/* Returns nonzero behind Return(). */
static int guid_statement(struct guid_reader *reader, struct sb_aml *aml)
{
	if (sb_aml_is(aml, SB_AML_NAME_OP)) {
		uint32_t name = sb_aml_name(aml);

		if (!sb_aml_is(aml, SB_AML_PACKAGE))
			aml->bad = 1;
		guid_new_package(reader, aml, name);
	} else if (sb_aml_is(aml, GUID_STORE)) {
		if (sb_aml_is(aml, SB_AML_PACKAGE)) {
			guid_new_package(reader, aml, 0);
			reader->package.name = guid_target(aml);
		} else {
			uint64_t value = guid_value(reader, aml);

			if (!sb_aml_is(aml, GUID_INDEX))
				aml->bad = 1;
			guid_store_half(reader, aml, value);
		}
	} else if (sb_aml_is(aml, SB_AML_RETURN)) {
		if (sb_aml_is(aml, SB_AML_PACKAGE))
			guid_new_package(reader, aml, 0);
		else if (guid_target(aml) != reader->package.name || !reader->package.name)
			aml->bad = 1;
		return 1;
	} else {
		aml->bad = 1;
	}
	return 0;
}

static int guid_address(const struct guid_package *package, uint64_t *address)
{
	uint64_t low = package->half[0], high = package->half[1];

	if (package->set != 3)
		return SB_EIO;
	/* QEMU and Xen: firmware has allocated nothing. */
	if (package->named && !package->other)
		return SB_ENODEV;
	/* Some have the whole address in the first. */
	if (high > UINT32_MAX || (high && low > UINT32_MAX) || !(low | high))
		return SB_EIO;
	*address = low | high << 32;
	return SB_OK;
}

int sb_vmgenid_aml(const struct sb_aml *table, const struct sb_aml *device, sb_acpi_map *map,
		   uint64_t *address)
{
	struct guid_reader reader = { .table = table, .device = device, .map = map };
	struct sb_aml aml;
	int kind = sb_aml_object(device, SB_AML_NAME('A', 'D', 'D', 'R'), &aml), done = 0;

	if (kind == SB_AML_NAME_OP) {
		if (!sb_aml_is(&aml, SB_AML_PACKAGE))
			return SB_EIO;
		guid_new_package(&reader, &aml, 0);
		return aml.bad ? SB_EIO : guid_address(&reader.package, address);
	}
	if (kind != SB_AML_METHOD)
		return SB_EIO;
	for (unsigned i = 0; i < GUID_STATEMENTS_MAX && !done && !aml.bad; i++)
		done = guid_statement(&reader, &aml);
	return done && !aml.bad && aml.now == aml.end ? guid_address(&reader.package, address)
						      : SB_EIO;
}
SB_OWN(sb_vmgenid_aml);
