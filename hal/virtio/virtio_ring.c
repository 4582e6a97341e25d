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
#define VRING_AVAIL_END(rng) (VRING_AVAIL(rng) + 6 + 2u * (rng)->size)
#define VRING_USED_ENTRY(rng) ((rng)->used_at + 4 + 8u * ((rng)->seen % (rng)->size))
#define VRING_END(rng) ((rng)->used_at + 6 + 8u * (rng)->size)

/* So that sizes of 16 bits hold; no memory of ours is larger. */
#define VRING_SIZE_MAX 1024u

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

/* The device may use each descriptor that it has, whatever it is told. So the
   queue is laid out for all of them. */
static int vring_place(struct sb_virtio_rng_state *rng)
{
	const struct sb_virtio_transport *transport = rng->transport;
	uint32_t align = transport->legacy ? transport->legacy : SB_VIRTIO_RING_ALIGN;
	uint32_t size = transport->queue_size(rng->at);
	size_t most = rng->pages ? sizeof *rng->pages : sizeof rng->ring;

	rng->base = NULL;
	if (size == 0 || size & (size - 1) || size > VRING_SIZE_MAX)
		return SB_EUNFIT;
	rng->size = (uint16_t)size;
	/* the end of the available ring is 6 bytes behind 18 * size, and so
	   never at such a multiple */
	rng->used_at = (VRING_AVAIL_END(rng) / align + 1) * align;
	if (VRING_END(rng) > most || (align > SB_VIRTIO_RING_ALIGN && !rng->pages))
		return SB_EUNFIT;
	rng->base = rng->pages ? (volatile uint8_t *)rng->pages : (volatile uint8_t *)&rng->ring;
	return SB_OK;
}

/* A device that is told of one page only goes on behind it. */
static int vring_in_one_piece(const struct sb_virtio_rng_state *rng, uint64_t first)
{
	for (uint32_t at = SB_VIRTIO_RING_ALIGN; at < VRING_END(rng); at += SB_VIRTIO_RING_ALIGN)
		if (vring_address(rng, rng->base + at) - first != at)
			return 0;
	return 1;
}

int sb_virtio_ring_set(struct sb_virtio_rng_state *rng)
{
	struct sb_virtio_queue queue;
	int result = vring_place(rng);

	if (result != SB_OK)
		return result;
	queue.size = rng->size;
	queue.descriptors = vring_address(rng, rng->base);
	queue.available = queue.descriptors + VRING_AVAIL(rng);
	queue.used = queue.descriptors + rng->used_at;
	if (!vring_in_one_piece(rng, queue.descriptors))
		return SB_EUNFIT;

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
   over zeros, not the bytes of the last answer. Each entry of the available
   ring is 0 since the queue was set, which names our descriptor. */
void sb_virtio_ring_ask(struct sb_virtio_rng_state *rng)
{
	vring_clear(rng->bytes, sizeof rng->bytes);
	vring_to_device(rng, rng->bytes, sizeof rng->bytes);
	vring_put16(rng, VRING_AVAIL(rng) + 2, (uint16_t)(rng->seen + 1u));
	vring_to_device(rng, vring_at(rng, VRING_AVAIL(rng) + 2), 2);
}
SB_OWN(sb_virtio_ring_ask);

uint16_t sb_virtio_ring_poll(struct sb_virtio_rng_state *rng)
{
	uint16_t moved = 0;

	for (uint32_t polls = 0; polls < SB_VIRTIO_RNG_POLLS && !moved; polls++) {
		sb_io_relax();
		vring_to_cpu(rng, vring_at(rng, rng->used_at), 4);
		moved = (uint16_t)(vring_get16(rng, rng->used_at + 2u) - rng->seen);
	}
	return moved;
}
SB_OWN(sb_virtio_ring_poll);

void sb_virtio_ring_answer(struct sb_virtio_rng_state *rng, uint32_t *id, uint32_t *length)
{
	/* so that the entry is not older than the index */
	vring_to_cpu(rng, vring_at(rng, VRING_USED_ENTRY(rng)), 8);
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
