/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aml.h"

/* ACPI 6.5 section 20.2.2 */
#define AML_ROOT '\\'
#define AML_PARENT '^'
#define AML_DUAL 0x2e
#define AML_MULTI 0x2f
#define AML_SEGMENT 4
/* A name may have 255 parts. One of more than these is not read, so that no
   table takes long. */
#define AML_PARTS_MAX 8u

/* Section 20.2.3 */
#define AML_BYTE 0x0a
#define AML_WORD 0x0b
#define AML_DWORD 0x0c
#define AML_QWORD 0x0e

uint8_t sb_aml_byte(struct sb_aml *aml)
{
	if (aml->now < aml->end)
		return aml->at[aml->now++];
	aml->bad = 1;
	return 0;
}
SB_OWN(sb_aml_byte);

int sb_aml_is(struct sb_aml *aml, uint8_t byte)
{
	int is = aml->now < aml->end && aml->at[aml->now] == byte;

	aml->now += (uint32_t)is;
	return is;
}
SB_OWN(sb_aml_is);

/* By halves: clang calls libgcc for a 64-bit shift on i386. */
uint64_t sb_aml_number(struct sb_aml *aml, unsigned bytes)
{
	uint32_t half[2] = { 0, 0 };

	for (unsigned i = 0; i < bytes; i++)
		half[i / 4] |= (uint32_t)sb_aml_byte(aml) << 8 * (i % 4);
	return half[0] | (uint64_t)half[1] << 32;
}
SB_OWN(sb_aml_number);

uint64_t sb_aml_integer(struct sb_aml *aml)
{
	uint8_t prefix = sb_aml_byte(aml);

	switch (prefix) {
	case AML_BYTE:
		return sb_aml_number(aml, 1);
	case AML_WORD:
		return sb_aml_number(aml, 2);
	case AML_DWORD:
		return sb_aml_number(aml, 4);
	case AML_QWORD:
		return sb_aml_number(aml, 8);
	default:
		aml->bad |= prefix > 1; /* ZeroOp, OneOp */
		return prefix;
	}
}
SB_OWN(sb_aml_integer);

uint32_t sb_aml_name(struct sb_aml *aml)
{
	uint32_t name = 0;
	unsigned parts = 1;

	(void)sb_aml_is(aml, AML_ROOT);
	while (sb_aml_is(aml, AML_PARENT))
		;
	if (sb_aml_is(aml, AML_DUAL))
		parts = 2;
	else if (sb_aml_is(aml, AML_MULTI))
		parts = sb_aml_byte(aml);
	if (parts > AML_PARTS_MAX) {
		aml->bad = 1;
		return 0;
	}
	while (parts--)
		name = (uint32_t)sb_aml_number(aml, AML_SEGMENT);
	return name;
}
SB_OWN(sb_aml_name);

uint32_t sb_aml_length(struct sb_aml *aml)
{
	uint8_t lead = sb_aml_byte(aml);
	unsigned more = lead >> 6;

	return more ? (lead & 0xfu) | (uint32_t)sb_aml_number(aml, more) << 4 : lead;
}
SB_OWN(sb_aml_length);

struct sb_aml sb_aml_span(struct sb_aml *aml)
{
	struct sb_aml span = *aml;
	uint32_t len = sb_aml_length(&span), head = span.now - aml->now;

	if (span.bad || len < head || len > aml->end - aml->now) {
		span.bad = aml->bad = 1;
		span.now = span.end;
		return span;
	}
	aml->now += len;
	span.end = aml->now;
	return span;
}
SB_OWN(sb_aml_span);

static uint8_t aml_upper(uint8_t c)
{
	return c >= 'a' && c <= 'z' ? (uint8_t)(c - 'a' + 'A') : c;
}

/* Of the bytes at `place`. They end in a zero, as `id` does. */
static int aml_id_is(const struct sb_aml *table, uint32_t place, const char *id)
{
	struct sb_aml text = *table;

	text.now = place;
	if (!sb_aml_is(&text, SB_AML_STRING))
		return 0;
	do
		if (aml_upper(sb_aml_byte(&text)) != aml_upper((uint8_t)*id))
			return 0;
	while (*id++);
	return !text.bad;
}

static int aml_id_among(const struct sb_aml *table, uint32_t place, const char *const *ids)
{
	for (; *ids; ids++)
		if (aml_id_is(table, place, *ids))
			return 1;
	return 0;
}

/* A device within another begins later. */
static int aml_innermost(const struct sb_aml *table, uint32_t place, struct sb_aml *device)
{
	int found = 0;

	for (uint32_t at = table->now; at < place; at++) {
		struct sb_aml aml = *table, span;

		aml.now = at;
		if (!sb_aml_is(&aml, SB_AML_EXTENDED) || !sb_aml_is(&aml, SB_AML_DEVICE))
			continue;
		span = sb_aml_span(&aml);
		if (place < span.now || place >= span.end)
			continue;
		*device = span;
		found = 1;
	}
	return found ? SB_OK : SB_EIO;
}

int sb_aml_device(const struct sb_aml *table, const char *const *ids, unsigned skip,
		  struct sb_aml *device)
{
	struct sb_aml found;

	for (uint32_t at = table->now; at < table->end; at++) {
		int result;

		if (!aml_id_among(table, at, ids))
			continue;
		result = aml_innermost(table, at, &found);
		if (!skip--) {
			*device = found;
			return result;
		}
		/* The other IDs of this device are within it. */
		if (result == SB_OK)
			at = found.end - 1;
	}
	return SB_ENODEV;
}
SB_OWN(sb_aml_device);
