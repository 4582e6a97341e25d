/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SiFive's FE310 (FE310-G002 Manual v1p5), as QEMU's sifive_e has it. It has no
 * source of its own: see boards/common/seed.
 */
#include "riscv.h"
#include "seed_window.h"

const char *board_facts;

#define FE310_CLINT 0x02000000u /* chapter 9 */
/* mtime: 10 MHz in QEMU (hw/riscv/sifive_e.c), 32768 Hz on a HiFive1. */
#define FE310_HZ 10000000u

_Noreturn void riscv_main(void *tree, int wrong)
{
	(void)tree;
	(void)wrong;
	seed_window_take();
	riscv_clint_start(FE310_CLINT);
	riscv_timer_start(FE310_HZ);
	riscv_run();
}
