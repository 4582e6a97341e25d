/* SPDX-License-Identifier: BSD-2-Clause */
/* Generation ids and VMClocks in the tables of the firmware. */
#include "uefi.h"

/* A tree is not larger: Linux Documentation/arch/arm64/booting. */
#define EPOCH_TREE_MAX 0x200000u

/* Of an address on x86-64, in the half that has memory. On arm64 there are more
   bits, and no hypervisor uses them. */
#define EPOCH_BITS 47

/* UEFI maps all memory one to one (2.10, section 2.3). Beyond these bits an
   address would fault whatever is mapped. */
static const uint8_t *epoch_map(uint64_t address, uint32_t size)
{
	return address && !((address | (address + size - 1)) >> EPOCH_BITS)
		       ? (const uint8_t *)(uintptr_t)address
		       : NULL;
}

struct sb_epoch uefi_places = { .map = epoch_map };

void uefi_find_epoch(void)
{
	uintptr_t rsdp = sb_uefi_rsdp(&uefi_firmware);
	struct sb_acpi acpi;
	struct sb_fdt tree;

	if (rsdp)
		sb_epoch_acpi(&uefi_places, &acpi, sb_acpi_open(&acpi, epoch_map, rsdp));
	if (sb_fdt_open(&tree, sb_uefi_tree(&uefi_firmware), EPOCH_TREE_MAX) == SB_OK)
		sb_epoch_tree(&uefi_places, &tree);
}

int uefi_epoch(uint8_t id[16])
{
	return sb_epoch_read(&uefi_places, id);
}
