/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding a PCI function and its base address registers (PCI Local Bus
 * Specification 3.0, chapter 6). This is for boards: drivers never scan. The
 * firmware has assigned the addresses; nothing is assigned here.
 */
#ifndef SB_PCI_H
#define SB_PCI_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The board's access to configuration space: two ports on x86, a window in
   memory elsewhere. */
struct sb_pci {
	/* Reads 32 bits of a function's first 256 bytes. `offset` is a multiple
	   of 4. The result is all-ones where there is no function. */
	uint32_t (*read)(uint32_t function, uint32_t offset);
	void (*write)(uint32_t function, uint32_t offset, uint32_t value);
	/* Returns the place where the CPU sees `size` bytes of PCI memory
	   space, or NULL if they are out of its reach. The host gives the
	   address: the board must not let it point at RAM. */
	void *(*map)(uint64_t address, uint64_t size);
	/* I/O space. `width` is 1, 2 or 4 bytes. Both are NULL if there is no
	   I/O space. */
	uint32_t (*in)(uint32_t port, unsigned width);
	void (*out)(uint32_t port, unsigned width, uint32_t value);
};

#define SB_PCI_FUNCTION(bus, device, function) \
	((uint32_t)(bus) << 8 | (uint32_t)(device) << 3 | (uint32_t)(function))
#define SB_PCI_NOWHERE 0xffffffffu

#define SB_PCI_ID 0x00      /* vendor | device << 16 */
#define SB_PCI_COMMAND 0x04 /* command | status << 16 */
#define SB_PCI_COMMAND_IO 1u
#define SB_PCI_COMMAND_MEMORY 2u
#define SB_PCI_COMMAND_MASTER 4u
#define SB_PCI_COMMAND_NO_INTERRUPT 0x400u
#define SB_PCI_STATUS_CAPABILITIES 0x100000u
#define SB_PCI_HEADER 0x0c /* header type << 16 */
#define SB_PCI_BAR0 0x10
#define SB_PCI_BARS 6
#define SB_PCI_SUBSYSTEM 0x2c /* vendor | device << 16 */
#define SB_PCI_CAPABILITIES 0x34

struct sb_pci_bar {
	/* Size 0: this register is absent, or not assigned, or it is the upper
	   half of the one before. */
	uint64_t address, size;
	uint8_t port; /* nonzero: in I/O space */
};

/*
 * Finds the first function, numbered `from` or higher, for which wanted()
 * returns nonzero. It looks at every bus that the firmware has numbered. `from`
 * is 0 at first. Returns SB_PCI_NOWHERE if there is no such function.
 */
uint32_t sb_pci_find(const struct sb_pci *pci, uint32_t from,
		     int (*wanted)(const struct sb_pci *pci, uint32_t function));

/* Reads and measures all base address registers of a function. The function
   decodes no address meanwhile. */
void sb_pci_bars(const struct sb_pci *pci, uint32_t function, struct sb_pci_bar bar[SB_PCI_BARS]);

#ifdef __cplusplus
}
#endif
#endif
