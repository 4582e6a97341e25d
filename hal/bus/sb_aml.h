/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A reader of AML (ACPI 6.5, chapter 20), for the few devices that a hypervisor
 * describes in it. It is no interpreter. It looks for devices by their IDs and
 * for objects by their names, and reads constants.
 *
 * The bytes are not trusted. Each read is within the range of a cursor. A call
 * looks at each byte of the table a fixed number of times, and does not
 * recurse.
 */
#ifndef SB_AML_H
#define SB_AML_H

#include "sb_acpi.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The bytes from `now` to `end` are to be read. A read behind the end gives
 * zeros and sets `bad` for good, and so does something else than what is read.
 * So a reader may ask once, when it is done.
 */
struct sb_aml {
	const uint8_t *at;
	uint32_t now, end;
	uint8_t bad;
};

/* A name of four characters as a number: the first is the lowest byte. */
#define SB_AML_NAME(a, b, c, d) \
	((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* Opcodes: section 20.3. */
#define SB_AML_NAME_OP 0x08
#define SB_AML_STRING 0x0d
#define SB_AML_BUFFER 0x11
#define SB_AML_PACKAGE 0x12
#define SB_AML_METHOD 0x14
#define SB_AML_EXTENDED 0x5b /* the prefix of the next three */
#define SB_AML_REGION 0x80
#define SB_AML_FIELD 0x81
#define SB_AML_DEVICE 0x82
#define SB_AML_RETURN 0xa4

uint8_t sb_aml_byte(struct sb_aml *aml);

/* Passes over a byte. Returns 0, and stays, if another one stands there. */
int sb_aml_is(struct sb_aml *aml, uint8_t byte);

/* Little-endian, of up to 8 bytes. */
uint64_t sb_aml_number(struct sb_aml *aml, unsigned bytes);

/* A constant: ZeroOp, OneOp, or 1, 2, 4 or 8 bytes with a prefix. */
uint64_t sb_aml_integer(struct sb_aml *aml);

/* A NameString: the last of its names, wherever it begins. */
uint32_t sb_aml_name(struct sb_aml *aml);

/* A PkgLength of 1 to 4 bytes, which in a list of fields counts bits and not
   itself. */
uint32_t sb_aml_length(struct sb_aml *aml);

/* A PkgLength and what it spans. `aml` goes on behind that. */
struct sb_aml sb_aml_span(struct sb_aml *aml);

/*
 * The innermost device in which one of these IDs stands as a string, upper or
 * lower case: as _HID, as _CID or in a list of those. `ids` ends with NULL.
 * Such devices count from the start, and the first `skip` are passed over.
 * `device` is what its Device() spans, from its name on. SB_OK; SB_ENODEV: no
 * such string is left; SB_EIO: it stands in no device.
 */
int sb_aml_device(const struct sb_aml *table, const char *const *ids, unsigned skip,
		  struct sb_aml *device);

/*
 * The object of this name in a range. Of a Name() `object` is what follows the
 * name; of a Method() it is the body. Returns SB_AML_NAME_OP or SB_AML_METHOD;
 * SB_ENODEV: there is none; SB_EIO: there are several.
 */
int sb_aml_object(const struct sb_aml *range, uint32_t name, struct sb_aml *object);

/*
 * Nonzero: the device has a _STA that is a constant without its lowest bit, so
 * it is not there (section 6.3.7).
 */
int sb_aml_gone(const struct sb_aml *device);

/*
 * The one range of memory in the _CRS of a device (section 6.4.3), where that
 * is a constant. SB_OK; SB_EIO: not understood.
 */
int sb_aml_memory(const struct sb_aml *device, uint64_t *address, uint64_t *size);

/*
 * The number that a name stands for: the one Name() of it in the table, if that
 * is a constant, or the one field of 32 bits of it, which lies in an
 * OperationRegion of memory. There a firmware has left it. Nonzero: found.
 */
int sb_aml_named(const struct sb_aml *table, sb_acpi_map *map, uint32_t name, uint64_t *value);

#ifdef __cplusplus
}
#endif
#endif
