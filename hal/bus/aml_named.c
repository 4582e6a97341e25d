/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aml.h"

/* ACPI 6.5 section 20.2.5.2 */
#define NAMED_SYSTEM_MEMORY 0
#define NAMED_GAP 0 /* in a list of fields: bits without a name */
#define NAMED_ACCESS 1
#define NAMED_BITS 32
/* Longer lists of fields are passed over, so that no table takes long. */
#define NAMED_LIST_MAX 256u

/* Passes over an opcode with the prefix. */
static int named_is(struct sb_aml *aml, uint8_t opcode)
{
	return sb_aml_is(aml, SB_AML_EXTENDED) && sb_aml_is(aml, opcode);
}

/* The size of the one OperationRegion of this name; 0: there is none, or
   several, or it is not memory. */
static uint64_t named_region(const struct sb_aml *table, uint32_t name, uint64_t *address)
{
	struct sb_aml aml = *table;
	uint64_t size = 0;

	for (; aml.now < aml.end; aml.now++) {
		struct sb_aml here = aml;

		if (!named_is(&here, SB_AML_REGION) || sb_aml_name(&here) != name)
			continue;
		if (size || sb_aml_byte(&here) != NAMED_SYSTEM_MEMORY)
			return 0;
		*address = sb_aml_integer(&here);
		size = sb_aml_integer(&here);
		if (here.bad)
			return 0;
	}
	return size;
}

/* Where the field of this name begins in a list, in bits. Returns 0 if it is
   not there, or if something before it is not understood. */
static int named_bit(struct sb_aml list, uint32_t name, uint32_t *bit)
{
	*bit = 0;
	while (list.now < list.end) {
		uint32_t is = 0, len;

		if (sb_aml_is(&list, NAMED_ACCESS)) {
			list.now += 2;
			continue;
		}
		if (!sb_aml_is(&list, NAMED_GAP)) {
			if (list.at[list.now] < 'A')
				return 0; /* a connection */
			is = sb_aml_name(&list);
		}
		len = sb_aml_length(&list);
		if (is == name)
			return len == NAMED_BITS && !list.bad;
		*bit += len;
	}
	return 0;
}

/* Of the Field() behind whose opcode aml.now is. SB_ENODEV: it has no field of
   this name. SB_EIO: it has, and where is not understood. */
static int named_field(const struct sb_aml *table, sb_acpi_map *map, struct sb_aml aml,
		       uint32_t name, uint64_t *value)
{
	struct sb_aml list = sb_aml_span(&aml), word = { .end = 4 };
	uint32_t region = sb_aml_name(&list), bit;
	uint64_t address = 0;

	(void)sb_aml_byte(&list); /* how it is accessed */
	if (list.end - list.now > NAMED_LIST_MAX || !named_bit(list, name, &bit))
		return SB_ENODEV;
	if (bit % 8 || bit / 8 + word.end > named_region(table, region, &address))
		return SB_EIO;
	word.at = map(address + bit / 8, word.end);
	if (!word.at)
		return SB_EIO;
	*value = sb_aml_number(&word, word.end);
	return SB_OK;
}

static int named_at(const struct sb_aml *table, sb_acpi_map *map, struct sb_aml aml, uint32_t name,
		    uint64_t *value)
{
	struct sb_aml constant = aml;

	if (sb_aml_is(&constant, SB_AML_NAME_OP) && sb_aml_name(&constant) == name) {
		uint64_t number = sb_aml_integer(&constant);

		if (constant.bad)
			return SB_ENODEV;
		*value = number;
		return SB_OK;
	}
	return named_is(&aml, SB_AML_FIELD) ? named_field(table, map, aml, name, value) : SB_ENODEV;
}

int sb_aml_named(const struct sb_aml *table, sb_acpi_map *map, uint32_t name, uint64_t *value)
{
	struct sb_aml aml = *table;
	int found = 0;

	for (; aml.now < aml.end; aml.now++) {
		int result = named_at(table, map, aml, name, value);

		if (result == SB_ENODEV)
			continue;
		if (result != SB_OK || found)
			return 0;
		found = 1;
	}
	return found;
}
SB_OWN(sb_aml_named);
