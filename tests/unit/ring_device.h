/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio-rng device that uses all descriptors that it has, whatever number
 * the driver wrote, as kvmtool does. It works whenever the driver looks at the
 * memory of the queue, and asserts that it touches no other memory.
 */
#ifndef RING_DEVICE_H
#define RING_DEVICE_H

#include "little.h"
#include "sb_virtio.h"

#define RING_DEVICE_BASE 0x40000000u /* what it calls the start of the context */

static struct {
	const struct sb_virtio_rng_state *rng;
	/* the queue's places, as the driver told them to the transport */
	uint64_t descriptors, available, used;
	uint16_t size, taken;
	uint8_t byte; /* the next one that it writes */
} ring_device;

static uint64_t ring_device_address(const volatile void *at)
{
	return RING_DEVICE_BASE + ((uintptr_t)at - (uintptr_t)ring_device.rng);
}

static volatile uint8_t *ring_device_memory(uint64_t address, size_t len)
{
	const struct sb_virtio_rng_state *rng = ring_device.rng;
	uintptr_t memory = rng->pages ? (uintptr_t)rng->pages : (uintptr_t)&rng->ring;
	size_t size = rng->pages ? sizeof *rng->pages : sizeof rng->ring;
	uintptr_t at = (uintptr_t)rng + (uintptr_t)(address - RING_DEVICE_BASE);

	assert_true(at >= memory && at - memory <= size - len);
	return (volatile uint8_t *)at;
}

/* A word of the ring. A legacy device has it in the order of the guest. */
static uint64_t ring_device_get(uint64_t address, size_t len)
{
	volatile uint8_t *at = ring_device_memory(address, len);

	return ring_device.rng->transport->legacy ? guest_get(at, len) : little_get(at, len);
}

static void ring_device_put(uint64_t address, size_t len, uint64_t value)
{
	volatile uint8_t *at = ring_device_memory(address, len);

	if (ring_device.rng->transport->legacy)
		guest_put(at, len, value);
	else
		little_put(at, len, value);
}

static void ring_device_look(const volatile void *at, size_t len)
{
	uint64_t slot = ring_device.taken % ring_device.size, head, descriptor, used;

	(void)at;
	(void)len;
	if (ring_device.taken == ring_device_get(ring_device.available + 2, 2))
		return;
	head = ring_device_get(ring_device.available + 4 + 2 * slot, 2);
	assert_in_range(head, 0, ring_device.size - 1u);
	descriptor = ring_device.descriptors + 16u * head;
	assert_int_equal(ring_device_get(descriptor, 8),
			 ring_device_address(ring_device.rng->bytes));
	assert_int_equal(ring_device_get(descriptor + 8, 4), SB_VIRTIO_RNG_BYTES);
	for (unsigned i = 0; i < SB_VIRTIO_RNG_BYTES; i++) {
		uint8_t *byte = (uint8_t *)(uintptr_t)ring_device.rng->bytes + i;

		*byte = ring_device.byte++;
	}
	used = ring_device.used + 4 + 8 * slot;
	ring_device_put(used, 4, head);
	ring_device_put(used + 4, 4, SB_VIRTIO_RNG_BYTES);
	ring_device.taken++;
	ring_device_put(ring_device.used + 2, 2, ring_device.taken);
}

static const struct sb_dma ring_device_dma = { ring_device_address, NULL, ring_device_look, 0 };

/* Goes round the ring twice. Each answer arrives whole. */
static void ring_device_goes_round(struct sb_virtio_rng_state *rng)
{
	uint8_t bytes[SB_VIRTIO_RNG_BYTES], next = ring_device.byte;

	for (unsigned i = 0; i < 2u * ring_device.size + 3; i++) {
		assert_int_equal(sb_virtio_rng.read(rng, bytes, sizeof bytes), sizeof bytes);
		for (size_t k = 0; k < sizeof bytes; k++)
			assert_int_equal(bytes[k], next++);
	}
	assert_int_equal(ring_device.taken, 2u * ring_device.size + 3);
}

#endif
