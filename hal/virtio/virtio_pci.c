/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_virtio_pci.h"

/* VIRTIO 1.2 section 4.1.2. */
#define VPCI_VENDOR 0x1af4u
#define VPCI_MODERN_ID 0x1040u /* plus the device id */
#define VPCI_TRANSITIONAL_ID 0x1000u
#define VPCI_TRANSITIONAL_LAST 0x103fu

/* Section 4.1.4: struct virtio_pci_cap, in configuration space. */
#define VPCI_CAPS_FIRST 0x40u
#define VPCI_CAPS_MAX 48u /* as many fit behind the header, of 4 bytes each */
#define VPCI_CAP_VENDOR 0x09u
#define VPCI_CAP_BAR 4
#define VPCI_CAP_OFFSET 8
#define VPCI_CAP_LENGTH 12
#define VPCI_CAP_STEP 16 /* of notify: notify_off_multiplier */
#define VPCI_CAP_END 16u
#define VPCI_COMMON 1u
#define VPCI_NOTIFY 2u

/* Section 4.1.4.3: struct virtio_pci_common_cfg. An address is two registers:
   the low half, and the high half 4 bytes on. */
#define VPCI_DEVICE_FEATURE_SELECT 0x00
#define VPCI_DEVICE_FEATURE 0x04
#define VPCI_DRIVER_FEATURE_SELECT 0x08
#define VPCI_DRIVER_FEATURE 0x0c
#define VPCI_STATUS 0x14
#define VPCI_QUEUE_SELECT 0x16
#define VPCI_QUEUE_SIZE 0x18
#define VPCI_QUEUE_ENABLE 0x1c
#define VPCI_QUEUE_NOTIFY_OFFSET 0x1e
#define VPCI_QUEUE_DESC 0x20
#define VPCI_QUEUE_DRIVER 0x28
#define VPCI_QUEUE_DEVICE 0x30
#define VPCI_COMMON_SIZE 0x38u

static int vpci_kind_is(const struct sb_pci *pci, uint32_t function, uint32_t kind)
{
	uint32_t id = pci->read(pci, function, SB_PCI_ID), device = id >> 16;

	if ((id & 0xffff) != VPCI_VENDOR)
		return 0;
	if (device >= VPCI_TRANSITIONAL_ID && device <= VPCI_TRANSITIONAL_LAST)
		return pci->read(pci, function, SB_PCI_SUBSYSTEM) >> 16 == kind;
	return device == VPCI_MODERN_ID + kind;
}

int sb_virtio_pci_is_entropy(const struct sb_pci *pci, uint32_t function)
{
	return vpci_kind_is(pci, function, SB_VIRTIO_ENTROPY);
}
SB_OWN(sb_virtio_pci_is_entropy);

/* The place of the structure that a capability points to. NULL: the structure
   is not wholly within a memory BAR. */
static void *vpci_window(const struct sb_virtio_pci *at, uint32_t cap, uint32_t least,
			 uint64_t *size)
{
	uint32_t bar = at->pci->read(at->pci, at->function, cap + VPCI_CAP_BAR) & 0xff;
	uint64_t offset = at->pci->read(at->pci, at->function, cap + VPCI_CAP_OFFSET);
	uint64_t length = at->pci->read(at->pci, at->function, cap + VPCI_CAP_LENGTH);

	if (bar >= SB_PCI_BARS || at->bar[bar].port || offset & (least < 4 ? least - 1 : 3) ||
	    length < least || offset + length > at->bar[bar].size)
		return NULL;
	/* the length is read once: the next answer may differ */
	*size = length;
	return at->pci->map(at->pci, at->bar[bar].address + offset, length);
}

/* The first usable capability of each type counts (section 4.1.4.1). */
static void vpci_capability(struct sb_virtio_pci *at, uint32_t cap, uint32_t head)
{
	uint32_t length = head >> 16 & 0xff, type = head >> 24;
	uint64_t size;

	if (length < VPCI_CAP_END || cap + VPCI_CAP_END > 256)
		return;
	if (type == VPCI_COMMON && !at->common) {
		at->common = (uintptr_t)vpci_window(at, cap, VPCI_COMMON_SIZE, &size);
	} else if (type == VPCI_NOTIFY && !at->notify && length >= VPCI_CAP_STEP + 4 &&
		   cap + VPCI_CAP_STEP + 4 <= 256) {
		at->notify = (uintptr_t)vpci_window(at, cap, 2, &at->notify_size);
		at->notify_step = at->pci->read(at->pci, at->function, cap + VPCI_CAP_STEP);
	}
}

/* The device writes the list: it may point anywhere, even at itself. */
static int vpci_locate(struct sb_virtio_pci *at)
{
	uint32_t cap;

	at->common = 0;
	at->notify = 0;
	if (!(at->pci->read(at->pci, at->function, SB_PCI_COMMAND) & SB_PCI_STATUS_CAPABILITIES))
		return 0;
	cap = at->pci->read(at->pci, at->function, SB_PCI_CAPABILITIES) & 0xfc;
	for (uint32_t count = 0; count < VPCI_CAPS_MAX && cap >= VPCI_CAPS_FIRST; count++) {
		uint32_t head = at->pci->read(at->pci, at->function, cap);

		if ((head & 0xff) == VPCI_CAP_VENDOR)
			vpci_capability(at, cap, head);
		cap = head >> 8 & 0xfc;
	}
	return at->common && at->notify;
}

const struct sb_virtio_transport *sb_virtio_pci_open(struct sb_virtio_pci *at,
						     const struct sb_pci *pci, uint32_t function)
{
	uint32_t command = pci->read(pci, function, SB_PCI_COMMAND) & 0xffff;

	at->pci = pci;
	at->function = function;
	sb_pci_bars(pci, function, at->bar);
	command |= SB_PCI_COMMAND_IO | SB_PCI_COMMAND_MEMORY | SB_PCI_COMMAND_MASTER |
		   SB_PCI_COMMAND_NO_INTERRUPT;
	pci->write(pci, function, SB_PCI_COMMAND, command);
	if (sb_virtio_pci_modern.find(at, SB_VIRTIO_ENTROPY) == SB_OK)
		return &sb_virtio_pci_modern;
	return sb_virtio_pci_legacy.find(at, SB_VIRTIO_ENTROPY) == SB_OK ? &sb_virtio_pci_legacy
									 : NULL;
}
SB_OWN(sb_virtio_pci_open);

static int vpci_find(void *ctx, uint32_t kind)
{
	struct sb_virtio_pci *at = ctx;

	return vpci_kind_is(at->pci, at->function, kind) && vpci_locate(at) ? SB_OK : SB_ENODEV;
}

static uintptr_t vpci_common(void *ctx, unsigned offset)
{
	return ((struct sb_virtio_pci *)ctx)->common + offset;
}

static uint8_t vpci_status(void *ctx)
{
	return sb_io_read8(vpci_common(ctx, VPCI_STATUS));
}

static void vpci_set_status(void *ctx, uint8_t status)
{
	sb_io_write8(vpci_common(ctx, VPCI_STATUS), status);
}

static uint32_t vpci_offered(void *ctx, uint32_t word)
{
	sb_io_write32(vpci_common(ctx, VPCI_DEVICE_FEATURE_SELECT), word);
	return sb_io_read32(vpci_common(ctx, VPCI_DEVICE_FEATURE));
}

static void vpci_accept(void *ctx, uint32_t word, uint32_t bits)
{
	sb_io_write32(vpci_common(ctx, VPCI_DRIVER_FEATURE_SELECT), word);
	sb_io_write32(vpci_common(ctx, VPCI_DRIVER_FEATURE), bits);
}

/* Two accesses of 32 bits, as section 4.1.3.1 says. */
static void vpci_set_address(void *ctx, unsigned offset, uint64_t address)
{
	sb_io_write32(vpci_common(ctx, offset), (uint32_t)address);
	sb_io_write32(vpci_common(ctx, offset + 4), (uint32_t)(address >> 32));
}

/* Section 4.1.4.3: after a reset this is the largest size. */
static uint32_t vpci_queue_size(void *ctx)
{
	sb_io_write16(vpci_common(ctx, VPCI_QUEUE_SELECT), 0);
	return sb_io_read16(vpci_common(ctx, VPCI_QUEUE_SIZE));
}

static int vpci_in_use(void *ctx)
{
	sb_io_write16(vpci_common(ctx, VPCI_QUEUE_SELECT), 0);
	return sb_io_read16(vpci_common(ctx, VPCI_QUEUE_ENABLE)) != 0;
}

/* Section 4.1.5.1.3. */
static int vpci_set_queue(void *ctx, const struct sb_virtio_queue *queue)
{
	struct sb_virtio_pci *at = ctx;

	if (vpci_in_use(ctx))
		return SB_EIO; /* straight after a reset */
	/* section 4.1.4.4: the device gives both factors of this product */
	at->notify_offset = sb_io_read16(vpci_common(ctx, VPCI_QUEUE_NOTIFY_OFFSET));
	if (at->notify_step % 2 ||
	    (uint64_t)at->notify_offset * at->notify_step + 2 > at->notify_size)
		return SB_EIO;
	sb_io_write16(vpci_common(ctx, VPCI_QUEUE_SIZE), queue->size);
	vpci_set_address(ctx, VPCI_QUEUE_DESC, queue->descriptors);
	vpci_set_address(ctx, VPCI_QUEUE_DRIVER, queue->available);
	vpci_set_address(ctx, VPCI_QUEUE_DEVICE, queue->used);
	sb_io_write16(vpci_common(ctx, VPCI_QUEUE_ENABLE), 1);
	return sb_io_read16(vpci_common(ctx, VPCI_QUEUE_ENABLE)) == 1 ? SB_OK : SB_EIO;
}

static void vpci_notify(void *ctx)
{
	struct sb_virtio_pci *at = ctx;

	sb_io_write16((uintptr_t)(at->notify + (uint64_t)at->notify_offset * at->notify_step), 0);
}

const struct sb_virtio_transport sb_virtio_pci_modern = {
	.find = vpci_find,
	.status = vpci_status,
	.set_status = vpci_set_status,
	.offered = vpci_offered,
	.accept = vpci_accept,
	.queue_size = vpci_queue_size,
	.set_queue = vpci_set_queue,
	.in_use = vpci_in_use,
	.notify = vpci_notify,
};
SB_OWN(sb_virtio_pci_modern);
