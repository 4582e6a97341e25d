/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the boards for Xen share. On x86 that is everything but how a board gets
 * at the pages of Xen.
 */
#ifndef XEN_H
#define XEN_H

#include "board.h"
#include "sb_loop.h"
#include "sb_xen.h"

/* xen-x86/console_loop.c: console, loop and exit. */
extern struct sb_xen xen_domain; /* the board fills it in */
extern const struct sb_loop xen_loop;

/*
 * Ends the run if the machine has a way of its own. Otherwise it returns, and
 * the domain shuts down, as crashed if status is not 0.
 */
void xen_stop(int status);

/*
 * version.c: writes "xen=4.17" and a zero at `to`, at most 16 characters.
 * Returns the address of the zero. 0.0 if Xen does not tell.
 */
char *xen_version(const struct sb_xen *xen, char *to);

/*
 * xen-x86/platform.c: runs the program. `first`: this domain has the machine.
 * `shared` is the shared page of Xen, NULL if it could not be mapped.
 */
_Noreturn void xen_main(int first, uint64_t shared[512]);

/* xen-x86/hypercall.S: a hypercall through the page that Xen fills in. */
long xen_hypercall(unsigned number, uintptr_t a, uintptr_t b, uintptr_t c);
extern uint8_t xen_hypercall_page[4096];

/* The board defines this for platform.c: CPUID as Xen answers it. */
void xen_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4]);
/* platform.c: the first CPUID leaf of Xen. 0 if this is not Xen. */
uint32_t xen_leaf(void);

#endif
