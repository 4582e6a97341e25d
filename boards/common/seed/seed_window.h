/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The seed window, for a machine without a source of its own. A boot loader may
 * leave a seed in 64 bytes of RAM: the eight bytes "SEEDBED1", a little-endian
 * 32-bit length of 1 to 52, and that many secret bytes. They must be fresh in
 * every boot, each of full entropy. 48 bytes make the library ready. The seed
 * is taken once. Without a seed every request is refused.
 *
 * The link script says where it is, by the symbol seed_window. No section lies
 * there, so start code leaves it alone. Under QEMU:
 *	-device loader,file=seed.bin,addr=ADDRESS,force-raw=on
 */
#ifndef SEED_WINDOW_H
#define SEED_WINDOW_H

#include "sb_seed.h"

extern struct sb_seed_state seed_window_seed;

/*
 * Looks for a seed, and erases the mark. Called once, before main. Memory that
 * a reset leaves alone must see the erasing stores: on a machine with a
 * write-back cache the window is mapped uncached.
 */
void seed_window_take(void);

/* A row of sb_hal.sources: the boot loader vouches for each bit. */
/* clang-format off */
#define SEED_WINDOW SB_SEED_AS(&seed_window_seed, 2048)
/* clang-format on */

#endif
