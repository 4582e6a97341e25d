/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_xen.h"
#include "io.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "Xen and its guests share words that are little-endian"
#endif

/* xen.h: the numbers of the hypercalls. Below each are its commands. */
#define XEN_MEMORY_OP 12
#define XEN_MEMORY_PLACE 7 /* add_to_physmap */
#define XEN_VERSION 17
#define XEN_VERSION_NUMBER 0
#define XEN_VERSION_HANDLE 8
#define XEN_CONSOLE 18
#define XEN_CONSOLE_WRITE 0
#define XEN_SCHED 29
#define XEN_SCHED_YIELD 0
#define XEN_SCHED_SHUTDOWN 2
#define XEN_SCHED_POLL 3
#define XEN_EVENT 32
#define XEN_EVENT_SEND 4
#define XEN_EVENT_BIND_IPI 7
#define XEN_HVM 34
#define XEN_HVM_GET_PARAM 1

#define XEN_SELF 0x7ff0u /* DOMID_SELF */
/* Words from the pending bits to the mask bits, for 4096 channels. */
#define XEN_MASK_WORDS 64
/* Xen writes the clock in less than a microsecond, and on x86 never while this
   CPU runs. */
#define XEN_CLOCK_TRIES 1000
#define XEN_RING_NAP 10000000u /* ns */
#define XEN_RING_NAPS 500u

/* xen.h, vcpu_time_info. */
struct xen_time {
	uint32_t version; /* odd while Xen writes the rest */
	uint32_t pad;
	uint64_t counter, nanoseconds;
	/* Nanoseconds a tick as a 0.32 fraction. The ticks are those of the
	   counter, shifted by `shift`. */
	uint32_t scale;
	int8_t shift;
};

static long xen_call(const struct sb_xen *xen, unsigned number, uintptr_t command,
		     const void *argument)
{
	return xen->hypercall(number, command, (uintptr_t)argument, 0);
}

long sb_xen_version(const struct sb_xen *xen)
{
	return xen_call(xen, XEN_VERSION, XEN_VERSION_NUMBER, NULL);
}
SB_OWN(sb_xen_version);

int sb_xen_handle(const struct sb_xen *xen, uint8_t handle[16])
{
	uint8_t any = 0;

	if (xen_call(xen, XEN_VERSION, XEN_VERSION_HANDLE, handle) < 0)
		return SB_ENODEV;
	for (unsigned i = 0; i < 16; i++)
		any |= handle[i];
	return any ? SB_OK : SB_ENODEV;
}
SB_OWN(sb_xen_handle);

int sb_xen_param(const struct sb_xen *xen, enum sb_xen_parameter index, uint64_t *value)
{
	struct {
		uint16_t domain, pad;
		uint32_t index;
		uint64_t value;
	} param = { .domain = XEN_SELF, .index = (uint32_t)index };

	if (xen_call(xen, XEN_HVM, XEN_HVM_GET_PARAM, &param) < 0 || !param.value)
		return SB_ENODEV;
	*value = param.value;
	return SB_OK;
}
SB_OWN(sb_xen_param);

int sb_xen_place_shared(const struct sb_xen *xen, uint64_t frame)
{
	struct {
		uint16_t domain, size;
		uint32_t space; /* 0: shared_info */
		uint64_t index, frame;
	} place = { .domain = XEN_SELF, .frame = frame };

	return xen_call(xen, XEN_MEMORY_OP, XEN_MEMORY_PLACE, &place) < 0 ? SB_ENODEV : SB_OK;
}
SB_OWN(sb_xen_place_shared);

/* ticks * scale >> 32, by products of 64 bits. */
static uint64_t xen_scaled(uint64_t ticks, int shift, uint32_t scale)
{
	ticks = shift < 0 ? ticks >> (-shift & 63) : ticks << (shift & 63);
	return (ticks >> 32) * scale + ((uint64_t)(uint32_t)ticks * scale >> 32);
}

/* Only the difference between two counter values means anything, because the
   value that Xen wrote may lie beyond the wrap. The counter of a CPU may also
   be a little behind. Then no time has passed. */
uint64_t sb_xen_now(struct sb_xen *xen)
{
	const volatile struct xen_time *time = xen->time;

	for (unsigned tries = 0; time && tries < XEN_CLOCK_TRIES; tries++) {
		uint32_t version = time->version;
		uint64_t ticks, now;

		sb_io_acquire();
		ticks = xen->counter() - time->counter;
		now = time->nanoseconds +
		      xen_scaled(ticks >> 63 ? 0 : ticks, time->shift, time->scale);
		sb_io_acquire();
		if (version & 1 || version != time->version)
			continue;
		/* on a host with a shorter uptime, or a little behind */
		if (now + xen->ahead < xen->last)
			xen->ahead = xen->last - now;
		xen->last = now + xen->ahead;
		break;
	}
	return xen->last;
}
SB_OWN(sb_xen_now);

/* Sleeps until the event of a port or the deadline, which is to come. For Xen
   it is a signed number, and 0 means that there is none: `ahead` is never above
   the time of now. A domain that was restored has lost its ports: then the
   deadline is all that ends the sleep. */
static void xen_poll(struct sb_xen *xen, uint32_t port, uint64_t deadline)
{
	uint64_t until = deadline - xen->ahead;
	struct {
		uint64_t ports; /* a pointer */
		uint32_t count, pad;
		uint64_t deadline;
	} poll = { .ports = (uintptr_t)&port,
		   .count = port != 0,
		   .deadline = until < INT64_MAX ? until : INT64_MAX };

	long result = -1;

	for (uint32_t tries = port ? 2 : 1; xen->time && result < 0 && tries; tries--) {
		result = xen_call(xen, XEN_SCHED, XEN_SCHED_POLL, &poll);
		poll.count = 0;
	}
	if (result < 0)
		xen_call(xen, XEN_SCHED, XEN_SCHED_YIELD, NULL);
	/* not atomic: see sb_xen_wait */
	if (xen->pending && port && port / 64 < XEN_MASK_WORDS)
		xen->pending[port / 64] &= ~(1ull << port % 64);
}

void sb_xen_wait(struct sb_xen *xen, uint64_t deadline)
{
	if (!xen->time || sb_xen_now(xen) < deadline)
		xen_poll(xen, xen->port, deadline);
}
SB_OWN(sb_xen_wait);

int sb_xen_bind(struct sb_xen *xen)
{
	struct {
		uint32_t cpu, port;
	} bind = { 0 };

	if (!xen->pending || xen_call(xen, XEN_EVENT, XEN_EVENT_BIND_IPI, &bind) < 0)
		return SB_ENODEV;
	xen->port = bind.port;
	xen->pending[XEN_MASK_WORDS + xen->port / 64] |= 1ull << xen->port % 64;
	return SB_OK;
}
SB_OWN(sb_xen_bind);

static int xen_send(const struct sb_xen *xen, uint32_t port)
{
	return port && xen_call(xen, XEN_EVENT, XEN_EVENT_SEND, &port) >= 0 ? 0 : -1;
}

int sb_xen_event(struct sb_xen *xen)
{
	if (xen_send(xen, xen->port) == 0)
		return 0;
	return xen->port && sb_xen_bind(xen) == SB_OK ? xen_send(xen, xen->port) : -1;
}
SB_OWN(sb_xen_event);

/* Sleeps until at most `most` bytes of the ring are left to take, or the naps
   are used up. Returns the bytes that are left. */
static uint32_t xen_ring_drain(struct sb_xen *xen, uint32_t most, uint32_t *naps)
{
	uint32_t left;

	while ((left = xen->ring->out_given - xen->ring->out_taken) > most && *naps) {
		--*naps;
		xen_send(xen, xen->ring_port);
		xen_poll(xen, xen->ring_port, sb_xen_now(xen) + XEN_RING_NAP);
	}
	sb_io_acquire();
	return left;
}

static void xen_ring_write(struct sb_xen *xen, const char *text, size_t len)
{
	volatile struct sb_xen_ring *ring = xen->ring;
	uint32_t naps = XEN_RING_NAPS;

	while (len) {
		uint32_t at = ring->out_given,
			 room = sizeof ring->out - xen_ring_drain(xen, sizeof ring->out - 1, &naps);

		if (!room || room > sizeof ring->out) {
			xen->ring = NULL; /* it is full or holds nonsense */
			return;
		}
		for (; len && room; len--, room--)
			ring->out[at++ % sizeof ring->out] = *text++;
		sb_io_publish();
		ring->out_given = at;
	}
	xen_send(xen, xen->ring_port);
}

void sb_xen_write(struct sb_xen *xen, const char *text, size_t len)
{
	if (xen->ring)
		xen_ring_write(xen, text, len);
	else
		xen->hypercall(XEN_CONSOLE, XEN_CONSOLE_WRITE, len, (uintptr_t)text);
}
SB_OWN(sb_xen_write);

void sb_xen_shutdown(struct sb_xen *xen, enum sb_xen_reason reason)
{
	uint32_t why = (uint32_t)reason, naps = XEN_RING_NAPS;

	if (xen->ring)
		xen_ring_drain(xen, 0, &naps);
	xen_call(xen, XEN_SCHED, XEN_SCHED_SHUTDOWN, &why);
}
SB_OWN(sb_xen_shutdown);
