/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aml.h"

/* ACPI 6.5 section 20.2.5.2 */
#define NAMED_SYSTEM_MEMORY 0
#define NAMED_GAP 0 /* in a list of fields: bits without a name */
#define NAMED_ACCESS 1
#define NAMED_BITS 32

/* Passes over an opcode with the prefix. */
static int named_is(struct sb_aml *aml, uint8_t opcode)
{
	return sb_aml_is(aml, SB_AML_EXTENDED) && sb_aml_is(aml, opcode);
}

/* The one OperationRegion of this name, if it is memory. */
static int named_region(const struct sb_aml *table, uint32_t name, uint64_t *address,
			uint64_t *size)
{
	int found = 0;

	for (uint32_t at = table->now; at < table->end; at++) {
		struct sb_aml aml = *table;

		aml.now = at;
		if (!named_is(&aml, SB_AML_REGION) || sb_aml_name(&aml) != name || aml.bad)
			continue;
		if (found++ || sb_aml_byte(&aml) != NAMED_SYSTEM_MEMORY)
			return 0;
		*address = sb_aml_integer(&aml);
		*size = sb_aml_integer(&aml);
		if (aml.bad)
			return 0;
	}
	return found;
}

/* The bit at which the field begins; UINT32_MAX: it is not in this list, or
   something before it is not understood. */
static uint32_t named_bit(struct sb_aml list, uint32_t name)
{
	uint32_t bit = 0;

	while (!list.bad && list.now < list.end) {
		uint32_t is = 0, len;

		if (sb_aml_is(&list, NAMED_ACCESS)) {
			(void)sb_aml_number(&list, 2);
			continue;
		}
		if (!sb_aml_is(&list, NAMED_GAP))
			is = sb_aml_name(&list);
		len = sb_aml_length(&list);
		if (list.bad || len > UINT32_MAX / 2 - bit)
			break;
		if (is == name && len == NAMED_BITS)
			return bit;
		bit += len;
	}
	return UINT32_MAX;
}

/* Of the Field() behind whose opcode aml.now is. Returns 1 if the name is in
   it, 0 if not; SB_EIO: it is, and cannot be read. */
static int named_field(const struct sb_aml *table, sb_acpi_map *map, struct sb_aml aml,
		       uint32_t name, uint64_t *value)
{
	struct sb_aml list = sb_aml_span(&aml);
	uint32_t region = sb_aml_name(&list), bit;
	uint64_t address, size;

	(void)sb_aml_byte(&list); /* how it is accessed */
	bit = named_bit(list, name);
	if (list.bad || bit == UINT32_MAX)
		return 0;
	if (bit % 8 || !named_region(table, region, &address, &size) || size < 4 ||
	    bit / 8 > size - 4 || address > UINT64_MAX - size)
		return SB_EIO;
	aml = (struct sb_aml){ map(address + bit / 8, 4), 0, 4, 0 };
	if (!aml.at)
		return SB_EIO;
	*value = sb_aml_number(&aml, 4);
	return 1;
}

static int named_at(const struct sb_aml *table, sb_acpi_map *map, struct sb_aml aml, uint32_t name,
		    uint64_t *value)
{
	struct sb_aml constant = aml;

	if (sb_aml_is(&constant, SB_AML_NAME_OP) && sb_aml_name(&constant) == name) {
		uint64_t number = sb_aml_integer(&constant);

		if (!constant.bad)
			*value = number;
		return !constant.bad;
	}
	return named_is(&aml, SB_AML_FIELD) ? named_field(table, map, aml, name, value) : 0;
}

int sb_aml_named(const struct sb_aml *table, sb_acpi_map *map, uint32_t name, uint64_t *value)
{
	struct sb_aml aml = *table;
	int found = 0;

	for (; name && aml.now < aml.end; aml.now++) {
		int result = named_at(table, map, aml, name, value);

		if (result < 0 || (result && found))
			return 0;
		found |= result;
	}
	return found;
}
SB_OWN(sb_aml_named);
