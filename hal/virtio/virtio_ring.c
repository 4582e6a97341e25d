/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "virtio_ring.h"

/* VIRTIO 1.2 section 2.7.5: VIRTQ_DESC_F_WRITE. */
#define VRING_DESC_WRITE 2
/* Section 2.7.6: VIRTQ_AVAIL_F_NO_INTERRUPT. */
#define VRING_AVAIL_NO_INTERRUPT 1

/* Sections 2.7.5, 2.7.6, 2.7.8: offsets in bytes. Only the first of the `size`
   descriptors is ever used. */
#define VRING_DESC_ADDRESS 0
#define VRING_DESC_LENGTH 8
#define VRING_DESC_FLAGS 12
#define VRING_AVAIL(rng) (16u * (rng)->size)
#define VRING_AVAIL_ENTRY(rng) (VRING_AVAIL(rng) + 4 + 2u * ((rng)->seen % (rng)->size))
#define VRING_AVAIL_END(rng) (VRING_AVAIL(rng) + 6 + 2u * (rng)->size)
#define VRING_USED_ENTRY(rng) ((rng)->used_at + 4 + 8u * ((rng)->seen % (rng)->size))
#define VRING_END(rng) ((rng)->used_at + 6 + 8u * (rng)->size)

/* A legacy device uses the byte order of the guest: section 2.7.3. */
static uint16_t vring_16(const struct sb_virtio_rng_state *rng, uint16_t value)
{
	return rng->transport->legacy ? value : sb_virtio_le16(value);
}

static uint32_t vring_32(const struct sb_virtio_rng_state *rng, uint32_t value)
{
	return rng->transport->legacy ? value : sb_virtio_le32(value);
}

static uint64_t vring_64(const struct sb_virtio_rng_state *rng, uint64_t value)
{
	return rng->transport->legacy ? value : sb_virtio_le64(value);
}

static volatile void *vring_at(const struct sb_virtio_rng_state *rng, size_t offset)
{
	return rng->base + offset;
}

static uint16_t vring_get16(const struct sb_virtio_rng_state *rng, size_t offset)
{
	return vring_16(rng, *(volatile uint16_t *)vring_at(rng, offset));
}

static uint32_t vring_get32(const struct sb_virtio_rng_state *rng, size_t offset)
{
	return vring_32(rng, *(volatile uint32_t *)vring_at(rng, offset));
}

static void vring_put16(const struct sb_virtio_rng_state *rng, size_t offset, uint16_t value)
{
	*(volatile uint16_t *)vring_at(rng, offset) = vring_16(rng, value);
}

static void vring_put32(const struct sb_virtio_rng_state *rng, size_t offset, uint32_t value)
{
	*(volatile uint32_t *)vring_at(rng, offset) = vring_32(rng, value);
}

static void vring_put64(const struct sb_virtio_rng_state *rng, size_t offset, uint64_t value)
{
	*(volatile uint64_t *)vring_at(rng, offset) = vring_64(rng, value);
}

static uint64_t vring_address(const struct sb_virtio_rng_state *rng, const volatile void *at)
{
	return rng->dma && rng->dma->address ? rng->dma->address(at) : (uintptr_t)at;
}

static void vring_to_device(const struct sb_virtio_rng_state *rng, const volatile void *at,
			    size_t len)
{
	if (rng->dma && rng->dma->to_device)
		rng->dma->to_device(at, len);
	sb_io_publish();
}

static void vring_to_cpu(const struct sb_virtio_rng_state *rng, const volatile void *at, size_t len)
{
	sb_io_acquire();
	if (rng->dma && rng->dma->to_cpu)
		rng->dma->to_cpu(at, len);
}

static void vring_clear(volatile void *at, size_t len)
{
	volatile uint8_t *byte = at;

	while (len--)
		*byte++ = 0;
}

/* The queue has one descriptor and lies within the context. A legacy device may
   insist on its own number of descriptors. Then the queue lies in `pages`. */
static int vring_place(struct sb_virtio_rng_state *rng)
{
	const struct sb_virtio_transport *transport = rng->transport;
	uint32_t align = transport->legacy ? transport->legacy : SB_VIRTIO_RING_USED;
	volatile void *memory = &rng->ring;
	size_t most = sizeof rng->ring;

	rng->base = NULL;
	rng->size = 1;
	if (transport->queue_size) {
		rng->size = transport->queue_size(rng->at);
		memory = rng->pages;
		most = sizeof *rng->pages;
	}
	if (!memory || rng->size == 0 || rng->size & (rng->size - 1))
		return SB_ENODEV;
	rng->used_at = (VRING_AVAIL_END(rng) + align - 1) / align * align;
	if (VRING_END(rng) > most)
		return SB_ENODEV;
	rng->base = memory;
	return SB_OK;
}

int sb_virtio_ring_set(struct sb_virtio_rng_state *rng)
{
	struct sb_virtio_queue queue;
	int result = vring_place(rng);

	if (result != SB_OK)
		return result;
	queue.size = rng->size;
	queue.descriptors = vring_address(rng, rng->base);
	queue.available = vring_address(rng, rng->base + VRING_AVAIL(rng));
	queue.used = vring_address(rng, rng->base + rng->used_at);
	if (rng->transport->legacy && queue.used - queue.descriptors != rng->used_at)
		return SB_ENODEV; /* for the device it is not in one piece */

	vring_clear(rng->base, VRING_END(rng));
	vring_put64(rng, VRING_DESC_ADDRESS, vring_address(rng, rng->bytes));
	vring_put32(rng, VRING_DESC_LENGTH, SB_VIRTIO_RNG_BYTES);
	vring_put16(rng, VRING_DESC_FLAGS, VRING_DESC_WRITE);
	vring_put16(rng, VRING_AVAIL(rng), VRING_AVAIL_NO_INTERRUPT);
	vring_to_device(rng, rng->base, VRING_END(rng));
	return rng->transport->set_queue(rng->at, &queue);
}
SB_OWN(sb_virtio_ring_set);

/* The bytes are cleared first: a device that claims more than it wrote hands
   over zeros, not the bytes of the last answer. */
void sb_virtio_ring_ask(struct sb_virtio_rng_state *rng)
{
	vring_clear(rng->bytes, sizeof rng->bytes);
	vring_to_device(rng, rng->bytes, sizeof rng->bytes);
	vring_put16(rng, VRING_AVAIL_ENTRY(rng), 0);
	vring_to_device(rng, rng->base, VRING_END(rng));
	vring_put16(rng, VRING_AVAIL(rng) + 2, (uint16_t)(rng->seen + 1u));
	vring_to_device(rng, rng->base, VRING_END(rng));
}
SB_OWN(sb_virtio_ring_ask);

uint16_t sb_virtio_ring_poll(struct sb_virtio_rng_state *rng)
{
	uint16_t moved = 0;

	for (uint32_t polls = 0; polls < SB_VIRTIO_RNG_POLLS && !moved; polls++) {
		sb_io_relax();
		vring_to_cpu(rng, rng->base, VRING_END(rng));
		moved = (uint16_t)(vring_get16(rng, rng->used_at + 2u) - rng->seen);
	}
	return moved;
}
SB_OWN(sb_virtio_ring_poll);

void sb_virtio_ring_answer(struct sb_virtio_rng_state *rng, uint32_t *id, uint32_t *length)
{
	/* so that the entry is not older than the index */
	vring_to_cpu(rng, rng->base, VRING_END(rng));
	*id = vring_get32(rng, VRING_USED_ENTRY(rng));
	*length = vring_get32(rng, VRING_USED_ENTRY(rng) + 4);
	vring_to_cpu(rng, rng->bytes, sizeof rng->bytes);
}
SB_OWN(sb_virtio_ring_answer);

void sb_virtio_ring_forget(struct sb_virtio_rng_state *rng)
{
	if (rng->base)
		vring_clear(rng->base, VRING_END(rng));
	vring_clear(rng->bytes, sizeof rng->bytes);
	vring_to_device(rng, rng->bytes, sizeof rng->bytes);
}
SB_OWN(sb_virtio_ring_forget);
