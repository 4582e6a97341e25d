/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_virtio.h"

/* VIRTIO 1.2 section 4.2.2, table 4.1 */
#define MMIO_MAGIC 0x000
#define MMIO_MAGIC_VALUE 0x74726976 /* "virt" */
#define MMIO_VERSION 0x004
#define MMIO_VERSION_MODERN 2
#define MMIO_DEVICE_ID 0x008
#define MMIO_DEVICE_FEATURES 0x010
#define MMIO_DEVICE_FEATURES_SEL 0x014
#define MMIO_DRIVER_FEATURES 0x020
#define MMIO_DRIVER_FEATURES_SEL 0x024
#define MMIO_QUEUE_SEL 0x030
#define MMIO_QUEUE_NUM_MAX 0x034
#define MMIO_QUEUE_NUM 0x038
#define MMIO_QUEUE_READY 0x044
#define MMIO_QUEUE_NOTIFY 0x050
#define MMIO_STATUS 0x070
#define MMIO_QUEUE_DESC 0x080 /* low half, the high one 4 bytes on; so the next two */
#define MMIO_QUEUE_DRIVER 0x090
#define MMIO_QUEUE_DEVICE 0x0a0

static uint32_t mmio_get(void *at, uint32_t offset)
{
	return sb_io_read32((uintptr_t)at + offset);
}

static void mmio_set(void *at, uint32_t offset, uint32_t value)
{
	sb_io_write32((uintptr_t)at + offset, value);
}

static void mmio_set_address(void *at, uint32_t offset, uint64_t address)
{
	mmio_set(at, offset, (uint32_t)address);
	mmio_set(at, offset + 4, (uint32_t)(address >> 32));
}

/* In this order: nothing behind the version may be read of a device whose version is unknown (section 4.2.2.2). */
static int mmio_find(void *at, uint32_t kind)
{
	if (mmio_get(at, MMIO_MAGIC) != MMIO_MAGIC_VALUE || mmio_get(at, MMIO_VERSION) != MMIO_VERSION_MODERN)
		return SB_ENODEV;
	return mmio_get(at, MMIO_DEVICE_ID) == kind ? SB_OK : SB_ENODEV;
}

static uint8_t mmio_status(void *at)
{
	return (uint8_t)mmio_get(at, MMIO_STATUS);
}

static void mmio_set_status(void *at, uint8_t status)
{
	mmio_set(at, MMIO_STATUS, status);
}

static uint32_t mmio_offered(void *at, uint32_t word)
{
	mmio_set(at, MMIO_DEVICE_FEATURES_SEL, word);
	return mmio_get(at, MMIO_DEVICE_FEATURES);
}

static void mmio_accept(void *at, uint32_t word, uint32_t bits)
{
	mmio_set(at, MMIO_DRIVER_FEATURES_SEL, word);
	mmio_set(at, MMIO_DRIVER_FEATURES, bits);
}

/* Section 4.2.3.2. */
static int mmio_set_queue(void *at, const struct sb_virtio_queue *queue)
{
	mmio_set(at, MMIO_QUEUE_SEL, 0);
	if (mmio_get(at, MMIO_QUEUE_READY))
		return SB_EIO; /* in use straight after a reset */
	if (mmio_get(at, MMIO_QUEUE_NUM_MAX) < queue->size)
		return SB_ENODEV;
	mmio_set(at, MMIO_QUEUE_NUM, queue->size);
	mmio_set_address(at, MMIO_QUEUE_DESC, queue->descriptors);
	mmio_set_address(at, MMIO_QUEUE_DRIVER, queue->available);
	mmio_set_address(at, MMIO_QUEUE_DEVICE, queue->used);
	mmio_set(at, MMIO_QUEUE_READY, 1);
	return mmio_get(at, MMIO_QUEUE_READY) == 1 ? SB_OK : SB_EIO;
}

static void mmio_notify(void *at)
{
	mmio_set(at, MMIO_QUEUE_NOTIFY, 0);
}

const struct sb_virtio_transport sb_virtio_mmio = {
	.find = mmio_find,
	.status = mmio_status,
	.set_status = mmio_set_status,
	.offered = mmio_offered,
	.accept = mmio_accept,
	.set_queue = mmio_set_queue,
	.notify = mmio_notify,
};
SB_OWN(sb_virtio_mmio);
