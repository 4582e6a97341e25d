/* SPDX-License-Identifier: BSD-2-Clause */
/* What the LoongArch boards share, and what each board adds to it. */
#ifndef LOONGARCH_H
#define LOONGARCH_H

#include "board.h"
#include "constructors.h"
#include "sb_fdt.h"
#include "sb_hal.h"
#include "wfi.h"

/*
 * Where memory and devices are. Windows lead there without a TLB: memory at its
 * physical address, through the caches, and devices here, past them. All other
 * addresses are exceptions.
 */
#define LOONGARCH_DEVICES 0x8000000000000000u
#define LOONGARCH_SPACE 0x0001000000000000u /* physical addresses: 48 bits */

/*
 * Each board defines this. start.S calls it with the first and the third
 * argument of the entry (Linux Documentation/arch/loongarch/booting): efi is 1,
 * where `table` is a system table of EFI. Its end:
 * board_exit(constructors_main()).
 */
_Noreturn void loongarch_main(uintptr_t efi, const void *table);

/* An sb_pci_reach. NULL: there is no such physical address. */
void *loongarch_reach(uint64_t address, uint64_t size);

/* tree.c: the device tree that a system table of EFI names, or NULL. The
   arguments are those of loongarch_main. */
void *loongarch_tree(uintptr_t efi, const void *table);

/* The specification of devicetree sets no limit. A tree of QEMU has 1 MiB. */
#define LOONGARCH_TREE_MAX 0x100000u

/* trap.c, called by start.S. cause: an Ecode. */
_Noreturn void loongarch_trap(uintptr_t cause, uintptr_t at, uintptr_t value);

/* timer.c: from here on waits sleep. */
void loongarch_timer_start(void);

/* timer.c: an interrupt after so many ticks of the counter. 0: none. */
void loongarch_alarm(uint64_t ticks);

/* start.S: sleeps until an interrupt is pending, which it leaves so. */
void loongarch_sleep(void);

/* start.S: what an interrupt calls, if it is not NULL. loongarch_sleep does not
   see one then. */
extern void (*loongarch_interrupt)(void);

/* A control and status register by its number. What was written becomes what
   was there before. */
#define LOONGARCH_READ(number, value) \
	__asm__ volatile("csrrd %0, %1" : "=r"(value) : "i"(number) : "memory")
#define LOONGARCH_WRITE(number, value) \
	__asm__ volatile("csrwr %0, %1" : "+r"(value) : "i"(number) : "memory")

#endif
