/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables of ACPI (Advanced Configuration and Power Interface Specification
 * 6.5, sections 5.2.5 to 5.2.8), for boards that find their devices in them.
 *
 * The tables are not trusted. Each structure is read within its stated length
 * only, that length is bounded, and the checksum must be right. A call looks at
 * SB_ACPI_TABLES_MAX tables at most, and sums those of the signature.
 */
#ifndef SB_ACPI_H
#define SB_ACPI_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SB_ACPI_TABLES_MAX 128u
#define SB_ACPI_BYTES_MAX 0x100000u /* of one table */
#define SB_ACPI_HEADER 36u          /* bytes of a table before its own */

/* The place where the CPU reads `size` bytes of physical memory, at any
   alignment. NULL if they are out of reach, or must not be read. */
typedef const uint8_t *sb_acpi_map(uint64_t address, uint32_t size);

/* Where the list of tables is. Private. */
struct sb_acpi {
	sb_acpi_map *map;
	const uint8_t *root; /* its first entry */
	uint32_t entries;
	uint8_t wide; /* bytes of an entry: 8 in an XSDT, 4 in an RSDT */
};

/* A whole table, in place: `len` counts its header too, and is at least
   SB_ACPI_HEADER. The checksum was right. */
struct sb_acpi_table {
	const uint8_t *at;
	uint32_t len;
};

/*
 * Opens the tables below an RSDP whose address the board was told: by the
 * start_info of a PVH entry, or by UEFI (sb_uefi_rsdp). The XSDT is used, else
 * the RSDT. SB_OK; SB_ENODEV: there is no RSDP; SB_EIO: there is one, and what
 * it names was not understood.
 */
int sb_acpi_open(struct sb_acpi *acpi, sb_acpi_map *map, uint64_t rsdp);

/* The same, for a PC whose BIOS told nothing: looks for the RSDP in the first
   KiB of the EBDA, then from E0000h to FFFFFh (section 5.2.5.1). */
int sb_acpi_search(struct sb_acpi *acpi, sb_acpi_map *map);

/*
 * The table of this signature, after `skip` others of it. "DSDT" is that of the
 * FADT. SB_OK; SB_ENODEV: there is none; SB_EIO: perhaps there is one. It is
 * broken, too long, out of reach, or behind SB_ACPI_TABLES_MAX others.
 */
int sb_acpi_find(const struct sb_acpi *acpi, const char *signature, unsigned skip,
		 struct sb_acpi_table *table);

/* Little-endian numbers of a table. 0: they do not fit into it. */
uint32_t sb_acpi_32(const struct sb_acpi_table *table, uint32_t offset);
uint64_t sb_acpi_64(const struct sb_acpi_table *table, uint32_t offset);

#ifdef __cplusplus
}
#endif
#endif
