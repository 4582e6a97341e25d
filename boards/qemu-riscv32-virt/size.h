/* SPDX-License-Identifier: BSD-2-Clause */
/* What `make size` links for rv32imac: the seed CSR of Zkr. Budgets are bytes
   at -Os (docs/design.md): that of text is its first build and 5 %. */
#include "sb_riscv.h"

#define SIZE_NAME "rv32imac"
#define SIZE_TEXT 7364
#define SIZE_LEAN 6144
#define SIZE_WITHOUT "events fast table"
#define SIZE_STATE 544
#define SIZE_STACK 1024
#define SIZE_HAL ""
#define SIZE_CYCLES sb_riscv_mcycle
#define SIZE_SOURCES SB_RISCV_ZKR(&size_zkr)

static struct sb_riscv_zkr_state size_zkr = { .mode = SB_RISCV_M };
