/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the 64-bit Arm boards share, bare or under a hypervisor, and what each
 * board adds to it.
 */
#ifndef AARCH64_H
#define AARCH64_H

#include "board.h"
#include "constructors.h"
#include "sb_fdt.h"
#include "sb_hal.h"

/*
 * Each board defines this, board_facts, board_write and sb_platform. start.S
 * calls it with the x0 of the entry. Its end: board_exit(constructors_main()).
 */
_Noreturn void aarch64_main(void *tree);

/*
 * Each board defines this too: the address of a PL011 on which start.S says
 * that there is too little memory. 0: it asks Xen.
 */
extern const uintptr_t aarch64_uart;

/* trap.c, called by start.S: prints a line on the console and exits with 1. */
_Noreturn void aarch64_trap(uint64_t vector, uint64_t syndrome, uint64_t at, uint64_t address);

/*
 * exit.c, which has board_exit. Nonzero from its last step on: that step may
 * trap.
 */
extern volatile int aarch64_exiting;

/*
 * start.S: nonzero if something answers a read of the word with this byte. Call
 * it only where a read does no harm.
 */
int aarch64_is_memory(uint64_t address);

/*
 * reach.c, over map_high.S: where the CPU reaches registers of a device, an
 * sb_pci_reach. NULL within 1 GiB to 256 GiB, where RAM is, and from 512 GiB
 * on.
 */
void *aarch64_reach(uint64_t address, uint64_t size);

/*
 * reach.c, over map_high.S: nonzero if there is RAM. How much of it there is, a
 * tree need not tell: Firecracker's leaves out the memory that a generation id
 * is in.
 */
int aarch64_is_ram(uint64_t address);

/* A device tree is not larger: Linux Documentation/arch/arm64/booting. */
#define AARCH64_TREE_MAX 0x200000u

#endif
