/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_virtio_pci.h"

/* VIRTIO 1.2 section 4.1.4.10: registers in the I/O BAR 0, little-endian. */
#define VPCIL_DEVICE_FEATURES 0x00
#define VPCIL_DRIVER_FEATURES 0x04
#define VPCIL_QUEUE_ADDRESS 0x08 /* in pages of 4096 bytes */
#define VPCIL_QUEUE_SIZE 0x0c
#define VPCIL_QUEUE_SELECT 0x0e
#define VPCIL_QUEUE_NOTIFY 0x10
#define VPCIL_STATUS 0x12
#define VPCIL_SIZE 20u
#define VPCIL_PAGE 4096u

static uint32_t vpcil_get(void *ctx, uint32_t offset, unsigned width)
{
	const struct sb_virtio_pci *at = ctx;

	return at->pci->in(at->pci, (uint32_t)at->bar[0].address + offset, width);
}

static void vpcil_set(void *ctx, uint32_t offset, unsigned width, uint32_t value)
{
	const struct sb_virtio_pci *at = ctx;

	at->pci->out(at->pci, (uint32_t)at->bar[0].address + offset, width, value);
}

static int vpcil_find(void *ctx, uint32_t kind)
{
	const struct sb_virtio_pci *at = ctx;
	uint32_t id = at->pci->read(at->pci, at->function, SB_PCI_ID);

	/* only 1000h to 103fh have these ports: section 4.1.2.1 */
	if ((id & 0xffc0ffff) != 0x10001af4 ||
	    at->pci->read(at->pci, at->function, SB_PCI_SUBSYSTEM) >> 16 != kind)
		return SB_ENODEV;
	return at->pci->in && at->bar[0].port && at->bar[0].size >= VPCIL_SIZE ? SB_OK : SB_ENODEV;
}

static uint8_t vpcil_status(void *ctx)
{
	return (uint8_t)vpcil_get(ctx, VPCIL_STATUS, 1);
}

static void vpcil_set_status(void *ctx, uint8_t status)
{
	vpcil_set(ctx, VPCIL_STATUS, 1, status);
}

static uint32_t vpcil_offered(void *ctx, uint32_t word)
{
	return word ? 0 : vpcil_get(ctx, VPCIL_DEVICE_FEATURES, 4);
}

static void vpcil_accept(void *ctx, uint32_t word, uint32_t bits)
{
	if (!word)
		vpcil_set(ctx, VPCIL_DRIVER_FEATURES, 4, bits);
}

static uint32_t vpcil_queue_size(void *ctx)
{
	vpcil_set(ctx, VPCIL_QUEUE_SELECT, 2, 0);
	return vpcil_get(ctx, VPCIL_QUEUE_SIZE, 2);
}

static int vpcil_set_queue(void *ctx, const struct sb_virtio_queue *queue)
{
	uint64_t page = queue->descriptors / VPCIL_PAGE;

	if (queue->descriptors % VPCIL_PAGE || page > UINT32_MAX)
		return SB_EUNFIT;
	vpcil_set(ctx, VPCIL_QUEUE_SELECT, 2, 0);
	if (vpcil_get(ctx, VPCIL_QUEUE_ADDRESS, 4))
		return SB_EIO; /* in use straight after a reset */
	vpcil_set(ctx, VPCIL_QUEUE_ADDRESS, 4, (uint32_t)page);
	return vpcil_get(ctx, VPCIL_QUEUE_ADDRESS, 4) == page ? SB_OK : SB_EIO;
}

static void vpcil_notify(void *ctx)
{
	vpcil_set(ctx, VPCIL_QUEUE_NOTIFY, 2, 0);
}

const struct sb_virtio_transport sb_virtio_pci_legacy = {
	.find = vpcil_find,
	.status = vpcil_status,
	.set_status = vpcil_set_status,
	.offered = vpcil_offered,
	.accept = vpcil_accept,
	.queue_size = vpcil_queue_size,
	.set_queue = vpcil_set_queue,
	.notify = vpcil_notify,
	.legacy = VPCIL_PAGE,
};
SB_OWN(sb_virtio_pci_legacy);
