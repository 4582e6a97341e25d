/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_virtio.h"

/*
 * The other side is hostile: it may answer late, twice, never, or with any number. So nothing that it wrote is read more than once, the
 * only memory it is told of is ring and bytes, and neither is used for anything else unless a reset was confirmed.
 */
enum vrng_life {
	VRNG_OFF, /* the device does not know of our memory */
	VRNG_LIVE,
	VRNG_BROKEN, /* it broke a rule; it knows of our memory */
	VRNG_DEAD    /* and for good: a reset was not confirmed */
};

#define VRNG_DESC_WRITE 2         /* VIRTQ_DESC_F_WRITE, VIRTIO 1.2 section 2.7.5 */
#define VRNG_AVAIL_NO_INTERRUPT 1 /* VIRTQ_AVAIL_F_NO_INTERRUPT, section 2.7.6 */
#define VRNG_STATUS_AGREED (SB_VIRTIO_ACKNOWLEDGE | SB_VIRTIO_DRIVER | SB_VIRTIO_FEATURES_OK)
#define VRNG_STATUS_LIVE (VRNG_STATUS_AGREED | SB_VIRTIO_DRIVER_OK)

static uint64_t vrng_address(const struct sb_virtio_rng_state *rng, const volatile void *at)
{
	return rng->dma && rng->dma->address ? rng->dma->address(at) : (uintptr_t)at;
}

static void vrng_to_device(const struct sb_virtio_rng_state *rng, const volatile void *at, size_t len)
{
	if (rng->dma && rng->dma->to_device)
		rng->dma->to_device(at, len);
	sb_io_publish();
}

static void vrng_to_cpu(const struct sb_virtio_rng_state *rng, const volatile void *at, size_t len)
{
	sb_io_acquire();
	if (rng->dma && rng->dma->to_cpu)
		rng->dma->to_cpu(at, len);
}

static void vrng_clear(volatile void *at, size_t len)
{
	volatile uint8_t *byte = at;

	while (len--)
		*byte++ = 0;
}

/* Section 4.2.2.1 (MMIO) and 4.1.4.3.2 (PCI): the reset is over once status reads 0, and no buffer may be touched before. */
static int vrng_reset(struct sb_virtio_rng_state *rng)
{
	uint32_t polls;

	rng->transport->set_status(rng->at, 0);
	for (polls = 0; polls < SB_VIRTIO_RESET_POLLS; polls++) {
		if (rng->transport->status(rng->at) == 0)
			return SB_OK;
		sb_io_relax();
	}
	return SB_EIO;
}

/* Only VERSION_1 is needed. ACCESS_PLATFORM is the device's demand, not an offer to turn down: without it the addresses would be wrong. */
static int vrng_negotiate(struct sb_virtio_rng_state *rng)
{
	const struct sb_virtio_transport *transport = rng->transport;
	uint32_t offered = transport->offered(rng->at, 1);

	if (!(offered & SB_VIRTIO_1_VERSION))
		return SB_ENODEV;
	if (offered & SB_VIRTIO_1_ACCESS_PLATFORM && !(rng->dma && rng->dma->translated))
		return SB_ENODEV;
	transport->accept(rng->at, 0, 0);
	transport->accept(rng->at, 1, offered & (SB_VIRTIO_1_VERSION | SB_VIRTIO_1_ACCESS_PLATFORM));
	transport->set_status(rng->at, VRNG_STATUS_AGREED);
	return transport->status(rng->at) == VRNG_STATUS_AGREED ? SB_OK : SB_ENODEV;
}

static int vrng_set_queue(struct sb_virtio_rng_state *rng)
{
	struct sb_virtio_ring *ring = &rng->ring;
	struct sb_virtio_queue queue = { .size = 1 };

	queue.descriptors = vrng_address(rng, &ring->address);
	queue.available = vrng_address(rng, &ring->avail_flags);
	queue.used = vrng_address(rng, &ring->used_flags);

	vrng_clear(ring, sizeof(*ring));
	ring->address = sb_virtio_le64(vrng_address(rng, rng->bytes));
	ring->length = sb_virtio_le32(SB_VIRTIO_RNG_BYTES);
	ring->flags = sb_virtio_le16(VRNG_DESC_WRITE);
	ring->avail_flags = sb_virtio_le16(VRNG_AVAIL_NO_INTERRUPT);
	vrng_to_device(rng, ring, sizeof(*ring));
	return rng->transport->set_queue(rng->at, &queue);
}

static void vrng_stop(void *ctx)
{
	struct sb_virtio_rng_state *rng = ctx;

	if (rng->life == VRNG_OFF || rng->life == VRNG_DEAD)
		return;
	if (vrng_reset(rng) != SB_OK) {
		rng->life = VRNG_DEAD;
		return;
	}
	vrng_clear(&rng->ring, sizeof(rng->ring));
	vrng_clear(rng->bytes, sizeof(rng->bytes));
	vrng_to_device(rng, rng->bytes, sizeof(rng->bytes));
	rng->life = VRNG_OFF;
}

/* Section 3.1.1, in its order. */
static int vrng_start(struct sb_virtio_rng_state *rng)
{
	int err;

	if (vrng_reset(rng) != SB_OK)
		return SB_EIO;
	rng->transport->set_status(rng->at, SB_VIRTIO_ACKNOWLEDGE);
	rng->transport->set_status(rng->at, SB_VIRTIO_ACKNOWLEDGE | SB_VIRTIO_DRIVER);
	err = vrng_negotiate(rng);
	if (err != SB_OK)
		return err;

	rng->seen = 0;
	rng->asked = rng->have = rng->taken = 0;
	rng->life = VRNG_BROKEN; /* from here on it knows of our memory */
	err = vrng_set_queue(rng);
	if (err != SB_OK)
		return err;
	rng->transport->set_status(rng->at, VRNG_STATUS_LIVE);
	if (rng->transport->status(rng->at) != VRNG_STATUS_LIVE)
		return SB_EIO;
	rng->life = VRNG_LIVE;
	return SB_OK;
}

static int vrng_probe(void *ctx)
{
	struct sb_virtio_rng_state *rng = ctx;
	int err;

	vrng_stop(rng);
	if (rng->life == VRNG_DEAD)
		return SB_EIO;
	if (!rng->at || rng->transport->find(rng->at, SB_VIRTIO_ENTROPY) != SB_OK)
		return SB_ENODEV;
	err = vrng_start(rng);
	if (err != SB_OK) {
		rng->transport->set_status(rng->at, SB_VIRTIO_FAILED);
		vrng_stop(rng);
	}
	return err;
}

/* bytes is cleared first, so that a device which claims more than it wrote hands over zeros, not what was there before. */
static void vrng_ask(struct sb_virtio_rng_state *rng)
{
	vrng_clear(rng->bytes, sizeof(rng->bytes));
	vrng_to_device(rng, rng->bytes, sizeof(rng->bytes));
	rng->ring.avail_head = 0;
	vrng_to_device(rng, &rng->ring, sizeof(rng->ring));
	rng->ring.avail_index = sb_virtio_le16((uint16_t)(rng->seen + 1u));
	vrng_to_device(rng, &rng->ring, sizeof(rng->ring));
	rng->asked = 1;
	rng->transport->notify(rng->at);
}

/* How far used_index moved, which with one request out must be 0 or 1. */
static uint16_t vrng_poll(struct sb_virtio_rng_state *rng)
{
	uint16_t moved = 0;
	uint32_t polls;

	for (polls = 0; polls < SB_VIRTIO_RNG_POLLS && !moved; polls++) {
		sb_io_relax();
		vrng_to_cpu(rng, &rng->ring, sizeof(rng->ring));
		moved = (uint16_t)(sb_virtio_le16(rng->ring.used_index) - rng->seen);
	}
	return moved;
}

static int vrng_collect(struct sb_virtio_rng_state *rng)
{
	uint16_t moved = vrng_poll(rng);
	uint32_t id, length;

	if (!moved) /* DEVICE_NEEDS_RESET, or all-ones: it was unplugged */
		return rng->transport->status(rng->at) == VRNG_STATUS_LIVE ? SB_EAGAIN : SB_EIO;
	vrng_to_cpu(rng, &rng->ring, sizeof(rng->ring)); /* the entry is not older than the index */
	id = sb_virtio_le32(rng->ring.used_id);
	length = sb_virtio_le32(rng->ring.used_length);
	if (moved != 1 || id != 0 || length == 0 || length > SB_VIRTIO_RNG_BYTES)
		return SB_EIO;
	vrng_to_cpu(rng, rng->bytes, sizeof(rng->bytes));
	rng->seen++;
	rng->asked = 0;
	rng->taken = 0;
	rng->have = (uint8_t)length;
	return SB_OK;
}

static int vrng_refill(struct sb_virtio_rng_state *rng)
{
	int err;

	if (!rng->asked)
		vrng_ask(rng);
	err = vrng_collect(rng);
	if (err == SB_EIO)
		rng->life = VRNG_BROKEN;
	return err;
}

static int vrng_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_virtio_rng_state *rng = ctx;
	size_t n = 0;
	int err;

	if (rng->life != VRNG_LIVE)
		return SB_EIO;
	if (rng->taken == rng->have) {
		err = vrng_refill(rng);
		if (err != SB_OK)
			return err;
	}
	while (n < len && rng->taken < rng->have) {
		buf[n++] = rng->bytes[rng->taken];
		rng->bytes[rng->taken++] = 0;
	}
	return (int)n;
}

/* Health cutoffs assume a full-entropy conditioned output: the device hands over the host's generator (section 5.4). */
const struct sb_driver sb_virtio_rng = {
	.name = "virtio-rng",
	.entropy = 2048,
	.width = 4,
	.flags = SB_CONDITIONED | SB_HOST,
	.probe = vrng_probe,
	.read = vrng_read,
	.stop = vrng_stop,
};
SB_DRIVER(sb_virtio_rng);
