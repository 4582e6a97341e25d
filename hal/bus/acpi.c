/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_acpi.h"

/* ACPI 6.5 section 5.2.5.3: the RSDP. */
#define ACPI_RSDP_OLD 20u /* bytes in ACPI 1.0; the first checksum is of these */
#define ACPI_RSDP_BYTES 36u
#define ACPI_RSDP_REVISION 15u
#define ACPI_RSDP_RSDT 16u
#define ACPI_RSDP_XSDT 24u

/* Section 5.2.5.1. The word has the segment of the EBDA. */
#define ACPI_EBDA_WORD 0x40eu
#define ACPI_EBDA_BYTES 0x400u
#define ACPI_BIOS 0xe0000u
#define ACPI_BIOS_BYTES 0x20000u
#define ACPI_RSDP_STEP 16u

/* Section 5.2.6: the header of a table. */
#define ACPI_LENGTH 4u

/* Section 5.2.9: the FADT names the DSDT in 32 bits, and later in 64. */
#define ACPI_FADT_DSDT 40u
#define ACPI_FADT_X_DSDT 140u

static uint32_t acpi_32(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint64_t acpi_64(const uint8_t *at)
{
	return acpi_32(at) | (uint64_t)acpi_32(at + 4) << 32;
}

static int acpi_same(const uint8_t *at, const char *signature, unsigned len)
{
	for (unsigned i = 0; i < len; i++)
		if (at[i] != (uint8_t)signature[i])
			return 0;
	return 1;
}

/* Nonzero: the bytes add up to 0, as they must. */
static int acpi_sums(const uint8_t *at, uint32_t len)
{
	uint8_t sum = 0;

	while (len--)
		sum = (uint8_t)(sum + *at++);
	return sum == 0;
}

/* Reads the length once. SB_ENODEV: it is another table. */
static int acpi_table(const struct sb_acpi *acpi, uint64_t address, const char *signature,
		      struct sb_acpi_table *table)
{
	const uint8_t *at = acpi->map(address, SB_ACPI_HEADER);

	if (!at)
		return SB_EIO;
	if (!acpi_same(at, signature, 4))
		return SB_ENODEV;
	table->len = acpi_32(at + ACPI_LENGTH);
	if (table->len < SB_ACPI_HEADER || table->len > SB_ACPI_BYTES_MAX)
		return SB_EIO;
	table->at = acpi->map(address, table->len);
	return table->at && acpi_sums(table->at, table->len) ? SB_OK : SB_EIO;
}

static int acpi_root(struct sb_acpi *acpi, uint64_t address, const char *signature, uint8_t wide)
{
	struct sb_acpi_table root;

	if (acpi_table(acpi, address, signature, &root) != SB_OK)
		return SB_EIO;
	acpi->root = root.at + SB_ACPI_HEADER;
	acpi->entries = (root.len - SB_ACPI_HEADER) / wide;
	acpi->wide = wide;
	return SB_OK;
}

int sb_acpi_open(struct sb_acpi *acpi, sb_acpi_map *map, uint64_t rsdp)
{
	const uint8_t *at = map(rsdp, ACPI_RSDP_OLD);

	acpi->map = map;
	acpi->entries = 0;
	if (!at || !acpi_same(at, "RSD PTR ", 8) || !acpi_sums(at, ACPI_RSDP_OLD))
		return SB_ENODEV;
	if (at[ACPI_RSDP_REVISION] >= 2) {
		const uint8_t *all = map(rsdp, ACPI_RSDP_BYTES);

		if (all && acpi_sums(all, ACPI_RSDP_BYTES) &&
		    acpi_root(acpi, acpi_64(all + ACPI_RSDP_XSDT), "XSDT", 8) == SB_OK)
			return SB_OK;
	}
	return acpi_root(acpi, acpi_32(at + ACPI_RSDP_RSDT), "RSDT", 4);
}
SB_OWN(sb_acpi_open);

/* A broken one does not end the search: what follows may be sound. */
static int acpi_scan(struct sb_acpi *acpi, sb_acpi_map *map, uint32_t from, uint32_t bytes)
{
	int broken = SB_ENODEV;

	for (uint32_t at = 0; at < bytes; at += ACPI_RSDP_STEP) {
		int result = sb_acpi_open(acpi, map, from + at);

		if (result == SB_OK)
			return SB_OK;
		if (result != SB_ENODEV)
			broken = result;
	}
	return broken;
}

int sb_acpi_search(struct sb_acpi *acpi, sb_acpi_map *map)
{
	const uint8_t *word = map(ACPI_EBDA_WORD, 2);
	uint32_t ebda = word ? (word[0] | (uint32_t)word[1] << 8) << 4 : 0;
	int result = ebda ? acpi_scan(acpi, map, ebda, ACPI_EBDA_BYTES) : SB_ENODEV, later;

	if (result == SB_OK)
		return SB_OK;
	later = acpi_scan(acpi, map, ACPI_BIOS, ACPI_BIOS_BYTES);
	return later == SB_ENODEV ? result : later;
}
SB_OWN(sb_acpi_search);

static int acpi_nth(const struct sb_acpi *acpi, const char *signature, unsigned skip,
		    struct sb_acpi_table *table)
{
	uint32_t last = acpi->entries < SB_ACPI_TABLES_MAX ? acpi->entries : SB_ACPI_TABLES_MAX;
	int broken = acpi->entries > last ? SB_EIO : SB_ENODEV;

	for (uint32_t i = 0; i < last; i++) {
		const uint8_t *entry = acpi->root + i * acpi->wide;
		uint64_t address = acpi->wide == 8 ? acpi_64(entry) : acpi_32(entry);
		int result = address ? acpi_table(acpi, address, signature, table) : SB_ENODEV;

		if (result == SB_OK && !skip--)
			return SB_OK;
		if (result == SB_EIO)
			broken = SB_EIO;
	}
	return broken;
}

int sb_acpi_find(const struct sb_acpi *acpi, const char *signature, unsigned skip,
		 struct sb_acpi_table *table)
{
	struct sb_acpi_table fadt;
	uint64_t address;
	int result;

	if (!acpi_same((const uint8_t *)signature, "DSDT", 4))
		return acpi_nth(acpi, signature, skip, table);
	result = skip ? SB_ENODEV : acpi_nth(acpi, "FACP", 0, &fadt);
	if (result != SB_OK)
		return result;
	address = sb_acpi_64(&fadt, ACPI_FADT_X_DSDT);
	if (!address)
		address = sb_acpi_32(&fadt, ACPI_FADT_DSDT);
	return acpi_table(acpi, address, signature, table) == SB_OK ? SB_OK : SB_EIO;
}
SB_OWN(sb_acpi_find);

uint32_t sb_acpi_32(const struct sb_acpi_table *table, uint32_t offset)
{
	return table->len >= 4 && offset <= table->len - 4 ? acpi_32(table->at + offset) : 0;
}
SB_OWN(sb_acpi_32);

uint64_t sb_acpi_64(const struct sb_acpi_table *table, uint32_t offset)
{
	return table->len >= 8 && offset <= table->len - 8 ? acpi_64(table->at + offset) : 0;
}
SB_OWN(sb_acpi_64);
