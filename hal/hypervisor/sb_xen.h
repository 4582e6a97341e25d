/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a Xen guest of one virtual CPU asks of its hypervisor: x86 PV, x86 PVH and arm64 alike, 64 bits. The board makes the hypercall, maps
 * the pages and says where they are; all state is in its struct sb_xen. Nothing here is a source of entropy: Xen has none.
 * After xen/include/public of Xen 4.17: version.h, sched.h, event_channel.h, memory.h, hvm/params.h, io/console.h, xen.h.
 */
#ifndef SB_XEN_H
#define SB_XEN_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the shared page of an x86 guest: the clock of virtual CPU 0, and the pending bits of the event channels. On arm64 that has no clock. */
#define SB_XEN_TIME_X86 32
#define SB_XEN_PENDING_X86 2048

/* hvm/params.h: indices of sb_xen_param. */
enum sb_xen_parameter {
	SB_XEN_CONSOLE_PAGE = 17,
	SB_XEN_CONSOLE_PORT = 18,
	SB_XEN_GENERATION_ADDRESS = 34
};

enum sb_xen_reason { SB_XEN_POWEROFF = 0, SB_XEN_CRASH = 3 };

struct sb_xen_ring { /* io/console.h: with the daemon of another domain */
	char in[1024];
	char out[2048];
	uint32_t in_taken, in_given, out_taken, out_given;
};

/* Filled in by the board; what it leaves zero is not there. */
struct sb_xen {
	/* Xen's answer, negative: an error. Pointers are guest-virtual addresses. The compiler must not keep memory in registers across it. */
	long (*hypercall)(unsigned number, uintptr_t a, uintptr_t b, uintptr_t c);
	const volatile void *time;  /* NULL: sb_xen_now is 0, and the board has its own clock */
	uint64_t (*counter)(void);  /* what that clock is read with: sb_x86_tsc */
	volatile uint64_t *pending; /* NULL: no event channel, for none could be acknowledged */
	volatile struct sb_xen_ring *
		ring; /* NULL: the hypervisor's console, which a release build gives to the first domain alone */
	uint32_t ring_port; /* the ring's event channel */
	uint32_t port;      /* by sb_xen_bind: an event channel to itself; 0: none */
	uint64_t last,
		ahead; /* what sb_xen_now said, so that it never goes back; what that is ahead of Xen */
};

/* major << 16 | minor; negative: Xen does not answer. */
long sb_xen_version(const struct sb_xen *xen);

/* Xen's name of this domain. For personalisation, never for credit. SB_ENODEV: all zero, as in a first domain. */
int sb_xen_handle(const struct sb_xen *xen, uint8_t handle[16]);

/* A parameter of a PVH or arm64 domain; a PV domain has none. SB_ENODEV: no such thing, or 0, which means the same. What
   SB_XEN_GENERATION_ADDRESS gives is the guest-physical address of the id, for sb_vmgenid_read once the board has mapped it. */
int sb_xen_param(const struct sb_xen *xen, enum sb_xen_parameter index, uint64_t *value);

/* PVH, arm64: puts the shared page at this guest-physical frame, of RAM or beyond it. */
int sb_xen_place_shared(const struct sb_xen *xen, uint64_t frame);

/* To the ring, where there is one, else to the hypervisor's console. A ring that nobody empties is given up after some
   seconds, and what is written from then on goes to the hypervisor. */
void sb_xen_write(struct sb_xen *xen, const char *text, size_t len);

/* Xen's system time in nanoseconds, which is the host's: it goes on where a domain is restored on one that has been up for less time (a PVH domain
   has to place its shared page again then, as any guest of Xen). Never goes back; stands still where the clock cannot be read. */
uint64_t sb_xen_now(struct sb_xen *xen);

/* Sleeps until system time `deadline` or an event of `port`, and acknowledges it. One of the 63 others of its word may be lost by that. Where there is no clock, yields and returns at once. */
void sb_xen_wait(struct sb_xen *xen, uint64_t deadline);

/* Makes `port`, masked: it interrupts nothing, it ends a wait. SB_ENODEV: Xen gives none. */
int sb_xen_bind(struct sb_xen *xen);

/* Raises it. 0, or -1 if there is none. */
int sb_xen_event(const struct sb_xen *xen);

/* Waits for the ring to be empty, some seconds at most, then ends the domain. Returns only if Xen refuses. */
void sb_xen_shutdown(struct sb_xen *xen, enum sb_xen_reason reason);

#ifdef __cplusplus
}
#endif
#endif
