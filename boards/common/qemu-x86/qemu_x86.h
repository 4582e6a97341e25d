/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the boards for QEMU's x86 machines share: all but what differs with the
 * width of the CPU.
 */
#ifndef QEMU_X86_H
#define QEMU_X86_H

#include "board.h"
#include "sb_hal.h"
#include "sb_loop.h"
#include "sb_fw_cfg.h"
#include "sb_pci_ecam.h"
#include "sb_virtio_pci.h"

/* Xen public/arch-x86/hvm/start_info.h: what a PVH entry is told */
struct qemu_x86_start {
	uint32_t magic, version, flags, modules;
	uint64_t module_list, command_line, rsdp;
};

/* qemu.c; the start file calls it */
_Noreturn void x86_main(const struct qemu_x86_start *start);

/*
 * firmware.c: fw_cfg, and ACPI: sb_acpi_open by the start_info, else
 * sb_acpi_search. The map reads memory below 4 GiB.
 */
extern const struct sb_fw_cfg qemu_x86_fw_cfg;
sb_acpi_map qemu_x86_memory;
int qemu_x86_acpi(struct sb_acpi *acpi, const struct qemu_x86_start *start);

/* epoch.c: finds what tells that the machine was cloned; for sb_hal.epoch. */
void qemu_x86_find_epoch(const struct sb_acpi *acpi, int opened);
int qemu_x86_epoch(uint8_t id[16]);

/* pci_ports.c: the 256 buses that a PC has by ports. */
extern const struct sb_pci qemu_x86_pci;
int qemu_x86_pci_present(void);
/* Where the CPU reaches registers of a device: an sb_pci_reach. */
void *qemu_x86_reach(uint64_t address, uint64_t size);

/*
 * rng.c: the entropy devices, of virtio-mmio slots, then of PCI. Two, so that a
 * sound one serves beside a silent one.
 */
#define QEMU_X86_RNGS 2
extern struct sb_virtio_rng_state qemu_x86_rng[QEMU_X86_RNGS];
void qemu_x86_find_rng(const struct sb_acpi *acpi, int opened);
int qemu_x86_iommu(const struct sb_pci *pci, uint32_t function);

/*
 * map_far.c of the board: maps the registers of a device above 4 GiB. NULL if
 * the CPU cannot reach them.
 */
void *qemu_x86_map_far(uint64_t address, uint64_t size);

extern const struct sb_loop qemu_x86_loop; /* clock.c */

/*
 * apic.c: sleeps until an interrupt, and not past the deadline. Returns 0 if
 * this machine cannot sleep; then no time has passed.
 */
int qemu_x86_sleep(uint64_t deadline);

#endif
