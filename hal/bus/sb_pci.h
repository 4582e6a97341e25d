/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding a PCI function and its base address registers (PCI Local Bus Specification 3.0, chapter 6). For boards: drivers never scan.
 * Addresses are those that the firmware assigned; nothing is assigned here.
 */
#ifndef SB_PCI_H
#define SB_PCI_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The board's way to configuration space: two ports on x86, a window in memory elsewhere. */
struct sb_pci {
	/* 32 bits of a function's first 256 bytes; offset: a multiple of 4. All-ones where no function is. */
	uint32_t (*read)(uint32_t function, uint32_t offset);
	void (*write)(uint32_t function, uint32_t offset, uint32_t value);
	/* Where the CPU sees that many bytes of PCI memory space; NULL: not within its reach. The address is the host's word: it must not be
	   let to point at RAM. */
	void *(*map)(uint64_t address, uint64_t size);
	/* I/O space: width 1, 2 or 4 bytes. NULL: there is none. */
	uint32_t (*in)(uint32_t port, unsigned width);
	void (*out)(uint32_t port, unsigned width, uint32_t value);
};

#define SB_PCI_FUNCTION(bus, device, function) \
	((uint32_t)(bus) << 8 | (uint32_t)(device) << 3 | (uint32_t)(function))
#define SB_PCI_NOWHERE 0xffffffffu

#define SB_PCI_ID 0x00      /* vendor; device << 16 */
#define SB_PCI_COMMAND 0x04 /* status << 16 */
#define SB_PCI_COMMAND_IO 1u
#define SB_PCI_COMMAND_MEMORY 2u
#define SB_PCI_COMMAND_MASTER 4u
#define SB_PCI_COMMAND_NO_INTERRUPT 0x400u
#define SB_PCI_STATUS_CAPABILITIES 0x100000u
#define SB_PCI_HEADER 0x0c /* header type << 16 */
#define SB_PCI_BAR0 0x10
#define SB_PCI_BARS 6
#define SB_PCI_SUBSYSTEM 0x2c /* vendor; device << 16 */
#define SB_PCI_CAPABILITIES 0x34

struct sb_pci_bar {
	uint64_t address,
		size; /* size 0: none, not assigned, or the upper half of the one before */
	uint8_t port; /* nonzero: in I/O space */
};

/* The first function on or after from (0 at first) whose identity is wanted, on every bus that the firmware numbered: SB_PCI_NOWHERE. */
uint32_t sb_pci_find(const struct sb_pci *pci, uint32_t from,
		     int (*wanted)(const struct sb_pci *pci, uint32_t function));

/* All of them, measured while the function decodes nothing. */
void sb_pci_bars(const struct sb_pci *pci, uint32_t function, struct sb_pci_bar bar[SB_PCI_BARS]);

#ifdef __cplusplus
}
#endif
#endif
