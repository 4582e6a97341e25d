/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_pci_ecam.h"

int sb_acpi_iommu(const struct sb_acpi *acpi, int opened)
{
	static const char *const signature[] = { "DMAR", "IVRS", "VIOT" };
	struct sb_acpi_table table;

	if (opened != SB_OK)
		return opened != SB_ENODEV;
	for (unsigned i = 0; i < sizeof signature / sizeof *signature; i++)
		if (sb_acpi_find(acpi, signature[i], 0, &table) != SB_ENODEV)
			return 1;
	return 0;
}
SB_OWN(sb_acpi_iommu);
