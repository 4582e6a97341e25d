/* SPDX-License-Identifier: BSD-2-Clause */
/* What `make size` links for 64-bit Arm: the CPU's two instructions. Budgets
   are bytes at -Os (docs/design.md). */
#include "sb_aarch64.h"

#define SIZE_NAME "arm64"
#define SIZE_TEXT 10240
#define SIZE_LEAN 9216
#define SIZE_WITHOUT "events table"
#define SIZE_STATE 768
#define SIZE_STACK 1024
#define SIZE_HAL ""
#define SIZE_CYCLES sb_aarch64_cntvct
#define SIZE_SOURCES SB_AARCH64_RNDRRS(&size_cpu), SB_AARCH64_RNDR(&size_cpu)

static struct sb_aarch64_cpu size_cpu = { .isar0 = sb_aarch64_isar0 };
