/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gt64120.c, for a board that lists it: PCI behind Galileo's GT-64120, where a
 * boot loader has set up its windows, as on MIPS Malta.
 */
#ifndef GT64120_H
#define GT64120_H

#include "mips.h"
#include "sb_virtio_pci.h"

/* Where the CPU has PCI's I/O space, from port 0 on. */
#define GT64120_PORTS (MIPS_KSEG1 + 0x18000000u)

/* Two, so that a sound one serves beside a silent one. */
#define GT64120_RNGS 2
extern struct sb_virtio_rng_state gt64120_rng[GT64120_RNGS];

/* Looks at each function. Where no firmware did it, the entropy devices get
   addresses. */
void gt64120_find_rng(void);

#endif
