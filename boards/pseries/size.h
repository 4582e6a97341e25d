/* SPDX-License-Identifier: BSD-2-Clause */
/* What `make size` links for 64-bit POWER: darn. Budgets are bytes at -Os
   (docs/design.md): that of text is its first build and 5 %. */
#include "sb_power.h"

#define SIZE_NAME "ppc64"
#define SIZE_TEXT 11743
#define SIZE_LEAN 11033
#define SIZE_WITHOUT "events table"
#define SIZE_STATE 768
#define SIZE_STACK 2048
#define SIZE_HAL ""
#define SIZE_CYCLES sb_power_timebase
#define SIZE_SOURCES SB_POWER_DARN(&size_cpu)

static struct sb_power_cpu size_cpu = { .darn = 1 };
