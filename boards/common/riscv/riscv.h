/* SPDX-License-Identifier: BSD-2-Clause */
/* What the RISC-V boards share, and what each board adds to it. */
#ifndef RISCV_H
#define RISCV_H

#include "board.h"
#include "constructors.h"
#include "sb_fdt.h"
#include "sb_hal.h"
#include "wfi.h"

/*
 * The CSRs of the mode that the image is for, as RISCV_CSR("cause"), and what
 * the mode means for sources and counters.
 */
#ifdef RISCV_SUPERVISOR
#define RISCV_CSR(name) "s" name
#define RISCV_CYCLES sb_riscv_time
#define RISCV_MODE SB_RISCV_S
#else
#define RISCV_CSR(name) "m" name
#define RISCV_CYCLES sb_riscv_mcycle
#define RISCV_MODE SB_RISCV_M
#endif

/*
 * Each board defines this. start.S calls it with the address of a device tree
 * in a1 of the entry, or what else was there. wrong: the image is for another
 * mode than the one that it was started in. Then only riscv_wrong_mode may be
 * called, with a console in place. Its end: riscv_run().
 */
_Noreturn void riscv_main(void *tree, int wrong);

/* run.c: constructors, main, destructors, the end. */
_Noreturn void riscv_run(void);
/* A line on the console, and exit 1. */
_Noreturn void riscv_wrong_mode(void);

/* trap.c, called by start.S */
_Noreturn void riscv_trap(uintptr_t cause, uintptr_t at, uintptr_t value);

/*
 * Calls read, which accesses a CSR and may trap. SB_OK with its value;
 * SB_ENODEV if an instruction in it was illegal, or virtual. Such a one is
 * passed over. It has 4 bytes, as each access of a CSR.
 */
int riscv_guarded(uintptr_t (*read)(void), uintptr_t *value);

/* The specification of devicetree sets no limit. A tree of QEMU has 2 MiB. */
#define RISCV_TREE_MAX 0x200000u

/*
 * soc.c: a 16550 and a SiFive test finisher of the tree; without a tree (NULL)
 * those at these addresses. Where one is not there, nothing is done.
 */
void riscv_soc_start(const struct sb_fdt *tree, uintptr_t uart, uintptr_t finisher);
void riscv_soc_write(const char *text, size_t len);
void riscv_soc_end(int status);
/* The frequency of riscv_time; 0: the tree has none. */
uint32_t riscv_timebase(const struct sb_fdt *tree);

/*
 * bare.c or sbi.c: what the mode has for board_write, board_exit, timer and
 * events. tree may be NULL.
 */
void riscv_mode_start(const struct sb_fdt *tree);

/* timer.c, for boards/common/wfi. hz: of riscv_time; 0: unknown. */
void riscv_timer_start(uint32_t hz);

/* clint.c or sbi.c, for timer.c: a clock, and an interrupt at that time. */
uint64_t riscv_time(void);
void riscv_alarm(uint64_t time);
/* The bits of mie or sie that end a sleep. 0: nothing does, so waits poll. */
uintptr_t riscv_wakes(void);

/* clint.c: where it is. */
void riscv_clint_start(uintptr_t base);

#endif
