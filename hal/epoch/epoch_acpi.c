/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_epoch.h"

/* "Virtual Machine Generation ID", Microsoft 2012, and UAPI.14: the _CID is the
   first of them. libkrun has the second alone. */
static const char *const acpi_guid_ids[] = { "VM_Gen_Counter", "VMGENCTR", NULL };
/* UAPI.13: _HID and _CID. */
static const char *const acpi_clock_ids[] = { "AMZNC10C", "VMCLOCK", NULL };

static int acpi_device(struct sb_epoch *epoch, const struct sb_aml *table,
		       const struct sb_aml *device, enum sb_epoch_kind kind)
{
	uint64_t address, size = 16;
	int result;

	if (sb_aml_gone(device))
		return SB_ENODEV;
	result = kind == SB_EPOCH_VMCLOCK ? sb_aml_memory(device, &address, &size)
					  : sb_vmgenid_aml(table, device, epoch->map, &address);
	if (result == SB_OK)
		sb_epoch_add(epoch, kind, SB_EPOCH_ACPI, address, size);
	return result;
}

static void acpi_devices(struct sb_epoch *epoch, const struct sb_aml *table, const char *const *ids,
			 enum sb_epoch_kind kind)
{
	for (unsigned skip = 0; skip <= SB_EPOCH_DEVICES_MAX; skip++) {
		struct sb_aml device;
		int result = sb_aml_device(table, ids, skip, &device);

		if (result == SB_ENODEV)
			return;
		if (result == SB_OK && skip < SB_EPOCH_DEVICES_MAX)
			result = acpi_device(epoch, table, &device, kind);
		else
			result = SB_EIO;
		if (result == SB_EIO)
			epoch->unclear |= SB_EPOCH_ACPI;
	}
}

/* Returns what finding the table returned. `bytes` counts those looked at. */
static int acpi_look(struct sb_epoch *epoch, const struct sb_acpi *acpi, const char *signature,
		     unsigned skip, uint32_t *bytes)
{
	struct sb_acpi_table table;
	int result = sb_acpi_find(acpi, signature, skip, &table);

	if (result == SB_OK && table.len > SB_EPOCH_AML_MAX - *bytes)
		result = SB_EIO;
	if (result == SB_OK) {
		struct sb_aml aml = { table.at, SB_ACPI_HEADER, table.len, 0 };

		*bytes += table.len;
		acpi_devices(epoch, &aml, acpi_guid_ids, SB_EPOCH_VMGENID);
		acpi_devices(epoch, &aml, acpi_clock_ids, SB_EPOCH_VMCLOCK);
	} else if (result != SB_ENODEV) {
		epoch->unclear |= SB_EPOCH_ACPI;
	}
	return result;
}

void sb_epoch_acpi(struct sb_epoch *epoch, const struct sb_acpi *acpi, int opened)
{
	uint32_t bytes = 0;
	unsigned skip = 0;

	if (opened != SB_OK) {
		epoch->unclear |= opened == SB_ENODEV ? 0 : SB_EPOCH_ACPI;
		return;
	}
	(void)acpi_look(epoch, acpi, "DSDT", 0, &bytes);
	while (acpi_look(epoch, acpi, "SSDT", skip, &bytes) == SB_OK)
		skip++;
}
SB_OWN(sb_epoch_acpi);
