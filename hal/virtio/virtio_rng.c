/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "virtio_ring.h"

/*
 * The device is hostile: it may answer late, twice, never, or with any number.
 * So each value that it wrote is read only once. It is told of two places only,
 * `ring` and `bytes`. Neither is used for anything else before a reset is
 * confirmed.
 */
enum vrng_life {
	VRNG_OFF, /* the device does not know of our memory */
	VRNG_LIVE,
	VRNG_BROKEN, /* it broke a rule, and it knows of our memory */
	VRNG_DEAD    /* so for good: it did not confirm a reset */
};

#define VRNG_STATUS_DRIVER (SB_VIRTIO_ACKNOWLEDGE | SB_VIRTIO_DRIVER)
#define VRNG_STATUS_AGREED (VRNG_STATUS_DRIVER | SB_VIRTIO_FEATURES_OK)

static uint8_t vrng_status_live(const struct sb_virtio_rng_state *rng)
{
	return (rng->transport->legacy ? VRNG_STATUS_DRIVER : VRNG_STATUS_AGREED) |
	       SB_VIRTIO_DRIVER_OK;
}

/* Sections 4.2.2.1 (MMIO) and 4.1.4.3.2 (PCI): the reset is over once status
   reads 0. No buffer may be touched before. */
static int vrng_reset(struct sb_virtio_rng_state *rng)
{
	rng->transport->set_status(rng->at, 0);
	for (uint32_t polls = 0; polls < SB_VIRTIO_RESET_POLLS; polls++) {
		if (rng->transport->status(rng->at) == 0)
			return SB_OK;
		sb_io_relax();
	}
	return SB_EIO;
}

/* Only VERSION_1 is needed. A legacy device needs no feature, and does not
   confirm the choice (section 3.1.2). ACCESS_PLATFORM is a demand of the device
   and cannot be declined: behind an IOMMU physical addresses would be wrong. */
static int vrng_negotiate(struct sb_virtio_rng_state *rng)
{
	const struct sb_virtio_transport *transport = rng->transport;

	transport->accept(rng->at, 0, 0);
	if (transport->legacy)
		return SB_OK;

	uint32_t offered = transport->offered(rng->at, 1);

	if (!(offered & SB_VIRTIO_1_VERSION))
		return SB_ENODEV;
	if (offered & SB_VIRTIO_1_ACCESS_PLATFORM && rng->iommu &&
	    !(rng->dma && rng->dma->translated))
		return SB_EUNFIT;
	transport->accept(rng->at, 1,
			  offered & (SB_VIRTIO_1_VERSION | SB_VIRTIO_1_ACCESS_PLATFORM |
				     SB_VIRTIO_1_ORDER_PLATFORM));
	transport->set_status(rng->at, VRNG_STATUS_AGREED);
	return transport->status(rng->at) == VRNG_STATUS_AGREED ? SB_OK : SB_ENODEV;
}

static void vrng_stop(void *ctx)
{
	struct sb_virtio_rng_state *rng = ctx;

	if (rng->life == VRNG_OFF || rng->life == VRNG_DEAD)
		return;
	if (vrng_reset(rng) != SB_OK ||
	    (rng->transport->in_use && rng->transport->in_use(rng->at))) {
		rng->life = VRNG_DEAD;
		return;
	}
	sb_virtio_ring_forget(rng);
	rng->life = VRNG_OFF;
}

static int vrng_held(void *ctx)
{
	return ((const struct sb_virtio_rng_state *)ctx)->life != VRNG_OFF;
}

/* Bytes that are with the device are left to it: nothing of them is ever handed
   over. */
static void vrng_restart(void *ctx)
{
	struct sb_virtio_rng_state *rng = ctx;

	if (rng->life != VRNG_LIVE)
		return; /* probe resets it */
	while (rng->taken < rng->have)
		rng->bytes[rng->taken++] = 0;
	rng->stale = rng->asked;
	rng->waits = SB_VIRTIO_RNG_WAITS;
}

/* Section 3.1.1, in its order. */
static int vrng_start(struct sb_virtio_rng_state *rng)
{
	if (vrng_reset(rng) != SB_OK)
		return SB_EIO;
	rng->transport->set_status(rng->at, SB_VIRTIO_ACKNOWLEDGE);
	rng->transport->set_status(rng->at, VRNG_STATUS_DRIVER);

	int result = vrng_negotiate(rng);

	if (result != SB_OK)
		return result;

	rng->seen = 0;
	rng->asked = rng->have = rng->taken = rng->stale = rng->waits = 0;
	rng->life = VRNG_BROKEN; /* the device learns of our memory now */
	result = sb_virtio_ring_set(rng);
	if (result != SB_OK)
		return result;
	rng->transport->set_status(rng->at, vrng_status_live(rng));
	if (rng->transport->status(rng->at) != vrng_status_live(rng))
		return SB_EIO;
	rng->life = VRNG_LIVE;
	return SB_OK;
}

static int vrng_probe(void *ctx)
{
	struct sb_virtio_rng_state *rng = ctx;

	if (rng->life == VRNG_LIVE) {
		vrng_restart(rng);
		return SB_OK;
	}
	vrng_stop(rng);
	if (rng->life == VRNG_DEAD)
		return SB_EIO;
	if (rng->at && !rng->transport)
		return SB_EUNFIT;
	if (!rng->at)
		return rng->unseen ? SB_EUNSEEN : SB_ENODEV;
	if (rng->transport->find(rng->at, SB_VIRTIO_ENTROPY) != SB_OK)
		return SB_ENODEV;

	int result = vrng_start(rng);

	if (result != SB_OK) {
		rng->transport->set_status(rng->at,
					   rng->transport->status(rng->at) | SB_VIRTIO_FAILED);
		vrng_stop(rng);
	}
	return result;
}

static int vrng_collect(struct sb_virtio_rng_state *rng)
{
	uint16_t moved = sb_virtio_ring_poll(rng);
	uint32_t id, length;

	/* another status is DEVICE_NEEDS_RESET, or all-ones of an unplugged
	   device */
	if (!moved)
		return rng->transport->status(rng->at) == vrng_status_live(rng) ? SB_EAGAIN
										: SB_EIO;
	sb_virtio_ring_answer(rng, &id, &length);
	if (moved != 1 || id != 0 || length > SB_VIRTIO_RNG_BYTES)
		return SB_EIO;
	rng->seen++;
	rng->asked = 0;
	rng->taken = 0;
	rng->have = rng->stale ? 0 : (uint8_t)length;
	return SB_OK;
}

static int vrng_request(struct sb_virtio_rng_state *rng)
{
	if (!rng->asked) {
		sb_virtio_ring_ask(rng);
		rng->asked = 1;
		rng->transport->notify(rng->at);
	}
	return vrng_collect(rng);
}

/* A stale answer is discarded, and a new request is made. An answer of no bytes
   is none. */
static int vrng_refill(struct sb_virtio_rng_state *rng)
{
	int result = vrng_request(rng);

	if (result == SB_OK && rng->stale) {
		rng->stale = 0;
		result = vrng_request(rng);
	}
	if (result == SB_EIO)
		rng->life = VRNG_BROKEN;
	if (result == SB_OK) {
		rng->waits = 0;
		return rng->have ? SB_OK : SB_EAGAIN;
	}
	if (result == SB_EAGAIN && rng->waits && --rng->waits == 0) {
		rng->life = VRNG_BROKEN;
		result = vrng_probe(rng) == SB_OK ? SB_EAGAIN : SB_EIO;
	}
	return result;
}

static int vrng_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_virtio_rng_state *rng = ctx;
	size_t n = 0;

	if (rng->life != VRNG_LIVE)
		return SB_EIO;
	if (rng->taken == rng->have) {
		int result = vrng_refill(rng);

		if (result != SB_OK)
			return result;
	}
	while (n < len && rng->taken < rng->have) {
		buf[n++] = rng->bytes[rng->taken];
		rng->bytes[rng->taken++] = 0;
	}
	return (int)n;
}

/* The health cutoffs assume conditioned output of full entropy, because the
   device hands over the host's generator (section 5.4). */
/* clang-format off */
#define VRNG_DRIVER(which, title) \
	const struct sb_driver which = { \
		.name = (title), SB_ASSESSED(2048, 4), .flags = SB_CONDITIONED | SB_HOST, \
		.probe = vrng_probe, .read = vrng_read, .stop = vrng_stop, \
		.restart = vrng_restart, .held = vrng_held, \
	}; \
	SB_DRIVER(which)
/* clang-format on */

VRNG_DRIVER(sb_virtio_rng, "virtio-rng");
VRNG_DRIVER(sb_virtio_rng_2, "virtio-rng-2");
