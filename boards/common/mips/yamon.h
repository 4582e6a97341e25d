/* SPDX-License-Identifier: BSD-2-Clause */
/* yamon.c, for a board that lists it: what a boot loader like YAMON knows. */
#ifndef YAMON_H
#define YAMON_H

#include "mips.h"
#include "sb_seed.h"

/*
 * Takes rngseed out of the environment: up to 32 bytes, which are erased there.
 * QEMU makes it anew in each boot. Both numbers are those of mips_main. Where a
 * word or a string does not lie in RAM, nothing is found.
 */
void yamon_seed(uintptr_t environment, uint32_t ram, struct sb_seed_state *seed);

#endif
