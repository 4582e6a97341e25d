/* SPDX-License-Identifier: BSD-2-Clause */
#include "qemu_x86.h"

#define ACPI_START_MAGIC 0x336ec578u

/* Behind the interrupt vectors, and below the IOAPIC. 4 GiB are mapped. */
#define ACPI_FIRST 0x400u
#define ACPI_END 0xfec00000u

const uint8_t *qemu_x86_acpi_map(uint64_t address, uint32_t size)
{
	if (address < ACPI_FIRST || address >= ACPI_END || size > ACPI_END - address)
		return NULL;
	return (const uint8_t *)(uintptr_t)address;
}

int qemu_x86_acpi(struct sb_acpi *acpi, const struct qemu_x86_start *start)
{
	if (start && start->magic == ACPI_START_MAGIC && start->rsdp) {
		int result = sb_acpi_open(acpi, qemu_x86_acpi_map, start->rsdp);

		if (result != SB_ENODEV)
			return result;
	}
	return sb_acpi_search(acpi, qemu_x86_acpi_map);
}
