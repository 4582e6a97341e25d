/* SPDX-License-Identifier: BSD-2-Clause */
#include "virtio_mmio.h"

/* VIRTIO 1.2 section 4.2.4, table 4.2. The queue in memory is in the CPU's byte
   order. */
#define MMIOL_VERSION_LEGACY 1
#define MMIOL_GUEST_PAGE_SIZE 0x028
#define MMIOL_QUEUE_ALIGN 0x03c
#define MMIOL_QUEUE_PFN 0x040

/* The driver chooses the page size, which may be any power of two. */
#define MMIOL_PAGE SB_VIRTIO_RING_ALIGN

static int mmiol_find(void *at, uint32_t kind)
{
	return mmio_is(at, MMIOL_VERSION_LEGACY, kind);
}

static int mmiol_set_queue(void *at, const struct sb_virtio_queue *queue)
{
	uint64_t page = queue->descriptors / MMIOL_PAGE;

	if (queue->descriptors % MMIOL_PAGE || page > UINT32_MAX)
		return SB_EUNFIT;
	mmio_set(at, MMIOL_GUEST_PAGE_SIZE, MMIOL_PAGE);
	mmio_set(at, MMIO_QUEUE_SEL, 0);
	if (mmio_get(at, MMIOL_QUEUE_PFN))
		return SB_EIO; /* in use straight after a reset */
	mmio_set(at, MMIO_QUEUE_NUM, queue->size);
	mmio_set(at, MMIOL_QUEUE_ALIGN, MMIOL_PAGE);
	mmio_set(at, MMIOL_QUEUE_PFN, (uint32_t)page);
	return mmio_get(at, MMIOL_QUEUE_PFN) == page ? SB_OK : SB_EIO;
}

const struct sb_virtio_transport sb_virtio_mmio_legacy = {
	.find = mmiol_find,
	.status = mmio_status,
	.set_status = mmio_set_status,
	.offered = mmio_offered,
	.accept = mmio_accept,
	.queue_size = mmio_queue_size,
	.set_queue = mmiol_set_queue,
	.notify = mmio_notify,
	.legacy = MMIOL_PAGE,
};
SB_OWN(sb_virtio_mmio_legacy);
