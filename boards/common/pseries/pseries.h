/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this folder share, and what a board gets of them. */
#ifndef PSERIES_H
#define PSERIES_H

#include "board.h"
#include "sb_papr.h"
#include "sb_power.h"
#include "wfi.h"

/* For the rows of a board. What the device tree says is filled in. */
extern struct sb_power_cpu pseries_cpu;
extern struct sb_papr pseries_papr;

/* start.S calls it with the entry of the firmware's client interface. */
_Noreturn void pseries_main(uint32_t firmware);

/* start.S: calls the firmware as it is called in 32 bits, big-endian, with the
   address of its arguments. */
void pseries_firmware(uint32_t arguments, uint32_t firmware);

/*
 * tree.c: the firmware's device tree, through its client interface (IEEE 1275,
 * section 6.3.2). 0 or less: there is no such node or property. A property is
 * at most len bytes, and what its real length is does not matter.
 */
void pseries_tree_start(uint32_t firmware);
uint32_t pseries_node(const char *path);
uint32_t pseries_child(uint32_t node);
uint32_t pseries_instance(uint32_t instance); /* the node that it is of */
int pseries_property(uint32_t node, const char *name, void *value, uint32_t len);
uint32_t pseries_cell(uint32_t node, const char *name);
/* The firmware lets go of the machine. Nothing above may be called then. */
void pseries_tree_end(void);

/* Big-endian words, as the firmware has them. */
void pseries_store(uint8_t *at, uint32_t value);
uint32_t pseries_load(const uint8_t *at);

/* console.c. terminal: the unit address of a virtual terminal. off: the token
   of power-off of RTAS; 0: there is none. */
void pseries_console_start(uint32_t terminal, uint32_t off);

/* Calls the hypervisor, and returns what it says. */
int64_t pseries_call(uint64_t number, uint64_t first, uint64_t second);

/*
 * trap.c: takes over the vectors at address 0. Exceptions end the run with a
 * line. For these two start.S calls pseries_interrupt. It returns nonzero if
 * interrupts stay enabled behind it.
 */
#define PSERIES_EXTERNAL 0x500
#define PSERIES_DECREMENTER 0x900
void pseries_trap_start(void);
_Noreturn void pseries_trap(uint64_t vector, uint64_t at, uint64_t value);
extern int (*pseries_interrupt)(uint64_t vector);

/* timer.c, for boards/common/wfi. hz: of the Time Base; 0: unknown. server: the
   number of this CPU at the interrupt controller. */
void pseries_timer_start(uint32_t hz, uint32_t server);
/* An interrupt after so many ticks of the Time Base, 2^31 - 1 at most. */
#define PSERIES_TICKS_MAX 0x7fffffffu
void pseries_alarm(uint32_t ticks);

#endif
