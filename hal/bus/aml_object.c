/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aml.h"

/* ACPI 6.5 section 6.4.3: a large item, and the kinds of it that have memory */
#define OBJECT_LARGE 0x80
#define OBJECT_MEMORY_24 0x81
#define OBJECT_MEMORY_32 0x85
#define OBJECT_MEMORY_32_FIXED 0x86
#define OBJECT_DWORD 0x87
#define OBJECT_QWORD 0x8a
#define OBJECT_EXTENDED 0x8b
#define OBJECT_END 0x0f /* section 6.4.2.9: the name of a small item */

/* Reads a Name() or Method() at aml->now. Returns 0 if it is of another name or
   none at all. */
static int object_at(struct sb_aml aml, uint32_t name, struct sb_aml *object)
{
	if (sb_aml_is(&aml, SB_AML_NAME_OP)) {
		if (sb_aml_name(&aml) != name)
			return 0;
		*object = aml;
		return SB_AML_NAME_OP;
	}
	if (!sb_aml_is(&aml, SB_AML_METHOD))
		return 0;
	aml = sb_aml_span(&aml);
	if (sb_aml_name(&aml) != name)
		return 0;
	(void)sb_aml_byte(&aml); /* how many arguments */
	*object = aml;
	return SB_AML_METHOD;
}

int sb_aml_object(const struct sb_aml *range, uint32_t name, struct sb_aml *object)
{
	struct sb_aml aml = *range;
	int found = SB_ENODEV;

	for (; aml.now < aml.end; aml.now++) {
		struct sb_aml here;
		int kind = object_at(aml, name, &here);

		if (!kind)
			continue;
		if (found != SB_ENODEV)
			return SB_EIO;
		found = kind;
		*object = here;
	}
	return found;
}
SB_OWN(sb_aml_object);

int sb_aml_gone(const struct sb_aml *device)
{
	struct sb_aml sta;

	return sb_aml_object(device, SB_AML_NAME('_', 'S', 'T', 'A'), &sta) == SB_AML_NAME_OP &&
	       !(sb_aml_integer(&sta) & 1) && !sta.bad;
}
SB_OWN(sb_aml_gone);

/* The body of an address space descriptor, whose numbers have `wide` bytes. */
static int object_space(struct sb_aml item, unsigned wide, uint64_t *address, uint64_t *size)
{
	uint64_t moved;

	if (sb_aml_byte(&item) != 0) /* not memory */
		return 0;
	item.now += 2; /* flags */
	(void)sb_aml_number(&item, wide);
	*address = sb_aml_number(&item, wide);
	(void)sb_aml_number(&item, wide);
	moved = sb_aml_number(&item, wide);
	*size = sb_aml_number(&item, wide);
	return item.bad || moved ? SB_EIO : 1;
}

/* One item of a _CRS. Returns 1 if it has memory, 0 if not; SB_EIO: it has, and
   where is not understood. */
static int object_item(struct sb_aml item, uint8_t kind, uint64_t *address, uint64_t *size)
{
	switch (kind) {
	case OBJECT_MEMORY_32_FIXED:
		(void)sb_aml_byte(&item);
		*address = sb_aml_number(&item, 4);
		*size = sb_aml_number(&item, 4);
		return item.bad ? SB_EIO : 1;
	case OBJECT_DWORD:
		return object_space(item, 4, address, size);
	case OBJECT_QWORD:
		return object_space(item, 8, address, size);
	case OBJECT_MEMORY_24:
	case OBJECT_MEMORY_32:
	case OBJECT_EXTENDED:
		return SB_EIO;
	default:
		return 0;
	}
}

/* Up to the item that ends the list. */
static int object_resources(struct sb_aml list, uint64_t *address, uint64_t *size)
{
	int found = 0;

	for (;;) {
		uint8_t kind = sb_aml_byte(&list);
		int large = kind & OBJECT_LARGE, result;
		uint32_t len = large ? (uint32_t)sb_aml_number(&list, 2) : kind & 7u;
		struct sb_aml item = list;

		if (list.bad || len > list.end - list.now)
			return SB_EIO;
		if (kind >> 3 == OBJECT_END)
			return found == 1 ? SB_OK : SB_EIO;
		list.now += len;
		item.end = list.now;
		result = object_item(item, kind, address, size);
		if (result < 0)
			return result;
		found += result;
	}
}

int sb_aml_memory(const struct sb_aml *device, uint64_t *address, uint64_t *size)
{
	struct sb_aml crs;
	int kind = sb_aml_object(device, SB_AML_NAME('_', 'C', 'R', 'S'), &crs);

	if (kind == SB_AML_METHOD && !sb_aml_is(&crs, SB_AML_RETURN))
		return SB_EIO;
	if (kind < 0 || !sb_aml_is(&crs, SB_AML_BUFFER))
		return SB_EIO;
	crs = sb_aml_span(&crs);
	(void)sb_aml_integer(&crs); /* the size of the buffer */
	return object_resources(crs, address, size);
}
SB_OWN(sb_aml_memory);
