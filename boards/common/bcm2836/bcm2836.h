/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BCM2836 and BCM2837, Raspberry Pi 2 and 3: what their boards share, whichever
 * ISA. The registers of each core are here those of the first.
 */
#ifndef BCM2836_H
#define BCM2836_H

#define BCM2836_UART 0x3f201000u /* a PL011, which the firmware has set up */
#define BCM2836_TRNG 0x3f104000u

/*
 * local.c: lets the virtual timer and a mailbox end WFI. wfi_taken and
 * board_event are there too; board_event sends a mail to this core.
 */
void bcm2836_local_start(void);

#endif
