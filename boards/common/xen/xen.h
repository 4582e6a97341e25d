/* SPDX-License-Identifier: BSD-2-Clause */
/* What the boards for Xen share: console, loop and exit (xen.c); on x86 the rest as well (xen_x86.c), so that a board is how it comes to its pages. */
#ifndef BOARD_XEN_H
#define BOARD_XEN_H

#include "board.h"
#include "sb_loop.h"
#include "sb_xen.h"

/* xen.c */
extern struct sb_xen board_xen; /* the board fills it in */
extern const struct sb_loop board_loop;

/* Ends the run where the machine has a way of its own, and returns where it has none: then the domain shuts down, as crashed if status is not 0. */
void board_stop(int status);

/* xen_version.c: writes "xen=4.17" and a zero, at most 16 characters; where it ends. 0.0: Xen does not say. */
char *board_xen_version(const struct sb_xen *xen, char *to);

/* xen_x86.c: runs the program. first: this is the domain that has the machine. shared: Xen's page, NULL: it could not be mapped. */
_Noreturn void board_main(int first, uint64_t shared[512]);

/* By xen_hypercall.S through the page that Xen fills in. */
long board_hypercall(unsigned number, uintptr_t a, uintptr_t b, uintptr_t c);
extern uint8_t board_hypercall_page[4096];

/* What xen_x86.c asks of the board: CPUID as Xen answers it. */
void board_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4]);
uint32_t board_xen_leaf(void); /* xen_x86.c: Xen's first CPUID leaf; 0: this is not Xen */

#endif
