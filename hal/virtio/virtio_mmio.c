/* SPDX-License-Identifier: BSD-2-Clause */
#include "virtio_mmio.h"

/* VIRTIO 1.2 section 4.2.2, table 4.1. An address is two registers: the low
   half, and the high half 4 bytes on. */
#define MMIO_VERSION_MODERN 2
#define MMIO_QUEUE_READY 0x044
#define MMIO_QUEUE_DESC 0x080
#define MMIO_QUEUE_DRIVER 0x090
#define MMIO_QUEUE_DEVICE 0x0a0

static int mmio_find(void *at, uint32_t kind)
{
	return mmio_is(at, MMIO_VERSION_MODERN, kind);
}

static void mmio_set_address(void *at, uint32_t offset, uint64_t address)
{
	mmio_set(at, offset, (uint32_t)address);
	mmio_set(at, offset + 4, (uint32_t)(address >> 32));
}

/* Section 4.2.3.2. */
static int mmio_set_queue(void *at, const struct sb_virtio_queue *queue)
{
	mmio_set(at, MMIO_QUEUE_SEL, 0);
	if (mmio_get(at, MMIO_QUEUE_READY))
		return SB_EIO; /* in use straight after a reset */
	mmio_set(at, MMIO_QUEUE_NUM, queue->size);
	mmio_set_address(at, MMIO_QUEUE_DESC, queue->descriptors);
	mmio_set_address(at, MMIO_QUEUE_DRIVER, queue->available);
	mmio_set_address(at, MMIO_QUEUE_DEVICE, queue->used);
	mmio_set(at, MMIO_QUEUE_READY, 1);
	return mmio_get(at, MMIO_QUEUE_READY) == 1 ? SB_OK : SB_EIO;
}

const struct sb_virtio_transport sb_virtio_mmio = {
	.find = mmio_find,
	.status = mmio_status,
	.set_status = mmio_set_status,
	.offered = mmio_offered,
	.accept = mmio_accept,
	.queue_size = mmio_queue_size,
	.set_queue = mmio_set_queue,
	.notify = mmio_notify,
};
SB_OWN(sb_virtio_mmio);
