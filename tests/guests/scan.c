/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Looks through all of a PC's PCI, and says what that takes: registers that are
 * read, and the time.
 */
#include "qemu_x86.h"
#include "stress.h"

static uint32_t scan_reads;

static uint32_t scan_read(const struct sb_pci *pci, uint32_t function, uint32_t offset)
{
	scan_reads++;
	return qemu_x86_pci.read(pci, function, offset);
}

static int scan_nothing(const struct sb_pci *pci, uint32_t function)
{
	(void)pci;
	(void)function;
	return 0;
}

int main(void)
{
	struct sb_pci pci = qemu_x86_pci;
	uint64_t begin = sb_platform.loop->now();

	pci.read = scan_read;
	(void)sb_pci_find(&pci, 0, scan_nothing);
	stress_say("scan us", (sb_platform.loop->now() - begin) / 1000);
	stress_say("scan reads", scan_reads);
	return 0;
}
