/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a Xen guest asks of its hypervisor: a 64-bit guest with one virtual CPU,
 * which may be x86 PV, x86 PVH or arm64. The board makes the hypercall, maps
 * the pages and says where they are. All state is in the board's struct sb_xen.
 * Nothing here is a source of entropy, because Xen has none.
 *
 * After xen/include/public of Xen 4.17: version.h, sched.h, event_channel.h,
 * memory.h, hvm/params.h, io/console.h, xen.h.
 */
#ifndef SB_XEN_H
#define SB_XEN_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Offsets in the shared page of an x86 guest: the clock of virtual CPU 0, and
   the pending bits of the event channels. On arm64 the page has no clock. */
#define SB_XEN_TIME_X86 32
#define SB_XEN_PENDING_X86 2048

/* hvm/params.h: indices of sb_xen_param. */
enum sb_xen_parameter {
	SB_XEN_CONSOLE_PAGE = 17,
	SB_XEN_CONSOLE_PORT = 18,
	SB_XEN_GENERATION_ADDRESS = 34
};

enum sb_xen_reason { SB_XEN_POWEROFF = 0, SB_XEN_CRASH = 3 };

/* io/console.h: the console's ring, shared with a daemon of another domain. */
struct sb_xen_ring {
	char in[1024];
	char out[2048];
	uint32_t in_taken, in_given, out_taken, out_given;
};

/* The board fills this in. A member that stays zero is absent. */
struct sb_xen {
	/* Returns Xen's answer; a negative one is an error. Pointers are
	   guest-virtual addresses. The compiler must not keep memory in
	   registers across the call. */
	long (*hypercall)(unsigned number, uintptr_t a, uintptr_t b, uintptr_t c);
	/* Xen's clock. NULL: sb_xen_now is 0, and the board has its own clock.
	   */
	const volatile void *time;
	/* The counter behind that clock: sb_x86_tsc. */
	uint64_t (*counter)(void);
	/* NULL: there is no event channel, because it could not be
	   acknowledged. */
	volatile uint64_t *pending;
	/* NULL: the console is the hypervisor's. A release build of Xen gives
	   that one to the first domain only. */
	volatile struct sb_xen_ring *ring;
	/* The event channel of the ring. */
	uint32_t ring_port;
	/* Set by sb_xen_bind: an event channel of the domain to itself. 0: it
	   has none. */
	uint32_t port;
	/* `last` is the latest answer of sb_xen_now, so that it never goes
	   back. `ahead` is how far that answer is ahead of Xen. */
	uint64_t last, ahead;
};

/* Returns major << 16 | minor. A negative result means that Xen does not
   answer. */
long sb_xen_version(const struct sb_xen *xen);

/* Reads Xen's name of this domain. It is for personalisation, never for credit.
   SB_ENODEV: the name is all zero, as it is in a first domain. */
int sb_xen_handle(const struct sb_xen *xen, uint8_t handle[16]);

/*
 * Reads a parameter of a PVH or arm64 domain. A PV domain has no parameters.
 * SB_ENODEV: there is no such parameter, or it is 0, which means the same.
 * SB_XEN_GENERATION_ADDRESS gives the guest-physical address of the generation
 * id. The board maps it and passes it to sb_vmgenid_read.
 */
int sb_xen_param(const struct sb_xen *xen, enum sb_xen_parameter index, uint64_t *value);

/* PVH and arm64: puts the shared page at this guest-physical frame. The frame
   may be RAM or lie beyond it. */
int sb_xen_place_shared(const struct sb_xen *xen, uint64_t frame);

/*
 * Writes to the ring if there is one, else to the hypervisor's console. A ring
 * that stays full is given up after some seconds. Everything written from then
 * on goes to the hypervisor.
 */
void sb_xen_write(struct sb_xen *xen, const char *text, size_t len);

/*
 * Xen's system time in nanoseconds, which is the host's. It never goes back. It
 * stays monotonic when the domain is restored on a host with a shorter uptime.
 * A PVH domain has to place its shared page again then, like any guest of Xen.
 * The time stands still where the clock cannot be read.
 */
uint64_t sb_xen_now(struct sb_xen *xen);

/*
 * Sleeps until system time `deadline` or an event on `port`, and acknowledges
 * the event. The acknowledge is not atomic: an event on one of the 63 other
 * ports of the same word can be lost. Without a clock it yields and returns at
 * once.
 */
void sb_xen_wait(struct sb_xen *xen, uint64_t deadline);

/* Makes `port`. The channel is masked: it ends a wait and interrupts nothing.
   SB_ENODEV: Xen gives no channel. */
int sb_xen_bind(struct sb_xen *xen);

/* Raises an event on `port`. A domain that was restored has lost its channel,
   and binds another one. Returns 0, or -1 if there is no channel. */
int sb_xen_event(struct sb_xen *xen);

/* Waits some seconds at most for the ring to be empty, then ends the domain. It
   returns only if Xen refuses. */
void sb_xen_shutdown(struct sb_xen *xen, enum sb_xen_reason reason);

#ifdef __cplusplus
}
#endif
#endif
