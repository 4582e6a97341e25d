/* SPDX-License-Identifier: BSD-2-Clause */
/* What firmware and QEMU tell: files of fw_cfg, and tables of ACPI. */
#include "io.h"
#include "qemu_x86.h"

#define FIRMWARE_SELECT 0x510 /* QEMU docs/specs/fw_cfg, x86 */
#define FIRMWARE_DATA 0x511
#define FIRMWARE_START_MAGIC 0x336ec578u
#define FIRMWARE_MEMORY 0x400u /* behind the interrupt vectors */

static void firmware_select(uint16_t key)
{
	sb_io_out16(FIRMWARE_SELECT, key);
}

static uint8_t firmware_next(void)
{
	return sb_io_in8(FIRMWARE_DATA);
}

const struct sb_fw_cfg qemu_x86_fw_cfg = { .select = firmware_select, .next = firmware_next };

const uint8_t *qemu_x86_memory(uint64_t address, uint32_t size)
{
	return address >= FIRMWARE_MEMORY && address <= UINT32_MAX && size <= UINT32_MAX - address
		       ? (const uint8_t *)(uintptr_t)address
		       : NULL;
}

int qemu_x86_acpi(struct sb_acpi *acpi, const struct qemu_x86_start *start)
{
	if (start && start->magic == FIRMWARE_START_MAGIC && start->rsdp) {
		int result = sb_acpi_open(acpi, qemu_x86_memory, start->rsdp);

		if (result != SB_ENODEV)
			return result;
	}
	return sb_acpi_search(acpi, qemu_x86_memory);
}
