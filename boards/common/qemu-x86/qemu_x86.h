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
#include "sb_pci.h"

/* Xen public/arch-x86/hvm/start_info.h: what a PVH entry is told */
struct qemu_x86_start {
	uint32_t magic, version, flags, modules;
	uint64_t module_list, command_line, rsdp;
};

/* qemu.c; the start file calls it */
_Noreturn void x86_main(const struct qemu_x86_start *start);

/* epoch.c: finds what tells that the machine was cloned; for sb_hal.epoch. */
void qemu_x86_find_epoch(const struct qemu_x86_start *start);
int qemu_x86_epoch(uint8_t id[16]);

/* pci_ports.c */
extern const struct sb_pci qemu_x86_pci;
int qemu_x86_pci_present(void);

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
