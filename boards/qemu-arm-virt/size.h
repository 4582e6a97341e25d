/* SPDX-License-Identifier: BSD-2-Clause */
/* What `make size` links for 32-bit Arm: a seed. Budgets are bytes at -Os
   (docs/design.md). */
#include "sb_arm.h"
#include "sb_seed.h"

#define SIZE_NAME "armv7a"
#define SIZE_TEXT 5888
#define SIZE_LEAN 4864
#define SIZE_WITHOUT "events fast table"
#define SIZE_STATE 544
#define SIZE_STACK 512
#define SIZE_HAL "seed/seed.c"
#define SIZE_CYCLES sb_arm_cntvct
#define SIZE_SOURCES SB_SEED_HOST_AS(&size_seed, 2048)

static struct sb_seed_state size_seed;
