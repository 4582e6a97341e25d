/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_virtio.h"

/* VIRTIO 1.2 section 4.2.4, table 4.2. The registers are little-endian here too; what is in memory is in the CPU's order. */
#define MMIOL_MAGIC 0x000
#define MMIOL_MAGIC_VALUE 0x74726976 /* "virt" */
#define MMIOL_VERSION 0x004
#define MMIOL_VERSION_LEGACY 1
#define MMIOL_DEVICE_ID 0x008
#define MMIOL_DEVICE_FEATURES 0x010
#define MMIOL_DEVICE_FEATURES_SEL 0x014
#define MMIOL_DRIVER_FEATURES 0x020
#define MMIOL_DRIVER_FEATURES_SEL 0x024
#define MMIOL_GUEST_PAGE_SIZE 0x028
#define MMIOL_QUEUE_SEL 0x030
#define MMIOL_QUEUE_NUM_MAX 0x034
#define MMIOL_QUEUE_NUM 0x038
#define MMIOL_QUEUE_ALIGN 0x03c
#define MMIOL_QUEUE_PFN 0x040
#define MMIOL_QUEUE_NOTIFY 0x050
#define MMIOL_STATUS 0x070

/* The page size is the driver's to say, any power of two: the small ring of sb_virtio.h is a page, and half of it a multiple. */
#define MMIOL_PAGE 32u

static uint32_t mmiol_get(void *at, uint32_t offset)
{
	return sb_io_read32((uintptr_t)at + offset);
}

static void mmiol_set(void *at, uint32_t offset, uint32_t value)
{
	sb_io_write32((uintptr_t)at + offset, value);
}

static int mmiol_find(void *at, uint32_t kind)
{
	if (mmiol_get(at, MMIOL_MAGIC) != MMIOL_MAGIC_VALUE || mmiol_get(at, MMIOL_VERSION) != MMIOL_VERSION_LEGACY)
		return SB_ENODEV;
	return mmiol_get(at, MMIOL_DEVICE_ID) == kind ? SB_OK : SB_ENODEV;
}

static uint8_t mmiol_status(void *at)
{
	return (uint8_t)mmiol_get(at, MMIOL_STATUS);
}

static void mmiol_set_status(void *at, uint8_t status)
{
	mmiol_set(at, MMIOL_STATUS, status);
}

static uint32_t mmiol_offered(void *at, uint32_t word)
{
	mmiol_set(at, MMIOL_DEVICE_FEATURES_SEL, word);
	return mmiol_get(at, MMIOL_DEVICE_FEATURES);
}

static void mmiol_accept(void *at, uint32_t word, uint32_t bits)
{
	mmiol_set(at, MMIOL_DRIVER_FEATURES_SEL, word);
	mmiol_set(at, MMIOL_DRIVER_FEATURES, bits);
}

static int mmiol_set_queue(void *at, const struct sb_virtio_queue *queue)
{
	uint64_t page = queue->descriptors / MMIOL_PAGE;

	if (queue->descriptors % MMIOL_PAGE || page > UINT32_MAX)
		return SB_ENODEV;
	mmiol_set(at, MMIOL_GUEST_PAGE_SIZE, MMIOL_PAGE);
	mmiol_set(at, MMIOL_QUEUE_SEL, 0);
	if (mmiol_get(at, MMIOL_QUEUE_PFN))
		return SB_EIO; /* in use straight after a reset */
	if (mmiol_get(at, MMIOL_QUEUE_NUM_MAX) < queue->size)
		return SB_ENODEV;
	mmiol_set(at, MMIOL_QUEUE_NUM, queue->size);
	mmiol_set(at, MMIOL_QUEUE_ALIGN, MMIOL_PAGE);
	mmiol_set(at, MMIOL_QUEUE_PFN, (uint32_t)page);
	return mmiol_get(at, MMIOL_QUEUE_PFN) == page ? SB_OK : SB_EIO;
}

static void mmiol_notify(void *at)
{
	mmiol_set(at, MMIOL_QUEUE_NOTIFY, 0);
}

const struct sb_virtio_transport sb_virtio_mmio_legacy = {
	.find = mmiol_find,
	.status = mmiol_status,
	.set_status = mmiol_set_status,
	.offered = mmiol_offered,
	.accept = mmiol_accept,
	.set_queue = mmiol_set_queue,
	.notify = mmiol_notify,
	.legacy = MMIOL_PAGE,
};
SB_OWN(sb_virtio_mmio_legacy);
