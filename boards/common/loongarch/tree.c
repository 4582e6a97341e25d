/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the device tree is. A boot loader by EFI hands over a system table
 * (UEFI Specification 2.10, sections 4.3 and 4.6). What it says is not trusted:
 * each address is one that this CPU has.
 */
#include <string.h>
#include "loongarch.h"

#define EFI_SIGNATURE 0x5453595320494249u /* "IBI SYST" */
#define EFI_TABLES 104
#define EFI_TABLES_MAX 64u

struct efi_table {
	uint8_t id[16];
	uint64_t at;
};

static const uint8_t efi_tree[16] = { 0xd5, 0x21, 0xb6, 0xb1, 0x9c, 0xf1, 0xa5, 0x41,
				      0x83, 0x0b, 0xd9, 0x15, 0x2c, 0x69, 0xaa, 0xe0 };

/* Memory, as the CPU reaches it. NULL: it cannot be there. */
static void *efi_memory(uint64_t address, uint64_t size)
{
	if (!address || address % 8 || address > LOONGARCH_SPACE - size)
		return NULL;
	return (void *)(uintptr_t)address;
}

static void *efi_find(const uint64_t *system)
{
	uint64_t count = system[EFI_TABLES / 8];
	const struct efi_table *table;

	if (system[0] != EFI_SIGNATURE || count > EFI_TABLES_MAX)
		return NULL;
	table = efi_memory(system[EFI_TABLES / 8 + 1], EFI_TABLES_MAX * sizeof *table);
	for (uint64_t i = 0; table && i < count; i++)
		if (memcmp(table[i].id, efi_tree, sizeof efi_tree) == 0)
			return efi_memory(table[i].at, LOONGARCH_TREE_MAX);
	return NULL;
}

void *loongarch_tree(uintptr_t efi, const void *table)
{
	const uint64_t *system = efi == 1 ? efi_memory((uintptr_t)table, EFI_TABLES + 16) : NULL;

	return system ? efi_find(system) : NULL;
}

void *loongarch_reach(uint64_t address, uint64_t size)
{
	if (!size || size > LOONGARCH_SPACE || address > LOONGARCH_SPACE - size)
		return NULL;
	return (void *)(uintptr_t)(LOONGARCH_DEVICES + address);
}
