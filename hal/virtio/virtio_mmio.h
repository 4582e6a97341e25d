/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What modern and legacy virtio-mmio have in common. Private to
 * hal/virtio/virtio_mmio*.c.
 */
#ifndef VIRTIO_MMIO_H
#define VIRTIO_MMIO_H

#include "io.h"
#include "sb_virtio.h"

/* VIRTIO 1.2 sections 4.2.2 and 4.2.4, tables 4.1 and 4.2. Registers are
   little-endian in both. */
#define MMIO_MAGIC 0x000
#define MMIO_MAGIC_VALUE 0x74726976 /* "virt" */
#define MMIO_VERSION 0x004
#define MMIO_DEVICE_ID 0x008
#define MMIO_DEVICE_FEATURES 0x010
#define MMIO_DEVICE_FEATURES_SEL 0x014
#define MMIO_DRIVER_FEATURES 0x020
#define MMIO_DRIVER_FEATURES_SEL 0x024
#define MMIO_QUEUE_SEL 0x030
#define MMIO_QUEUE_NUM_MAX 0x034
#define MMIO_QUEUE_NUM 0x038
#define MMIO_QUEUE_NOTIFY 0x050
#define MMIO_STATUS 0x070

static inline uint32_t mmio_get(void *at, uint32_t offset)
{
	return sb_io_read32((uintptr_t)at + offset);
}

static inline void mmio_set(void *at, uint32_t offset, uint32_t value)
{
	sb_io_write32((uintptr_t)at + offset, value);
}

/* The order matters: if the version is unknown, no register behind it may be
   read (section 4.2.2.2). */
static inline int mmio_is(void *at, uint32_t version, uint32_t kind)
{
	if (mmio_get(at, MMIO_MAGIC) != MMIO_MAGIC_VALUE || mmio_get(at, MMIO_VERSION) != version)
		return SB_ENODEV;
	return mmio_get(at, MMIO_DEVICE_ID) == kind ? SB_OK : SB_ENODEV;
}

static inline uint8_t mmio_status(void *at)
{
	return (uint8_t)mmio_get(at, MMIO_STATUS);
}

static inline void mmio_set_status(void *at, uint8_t status)
{
	mmio_set(at, MMIO_STATUS, status);
}

static inline uint32_t mmio_offered(void *at, uint32_t word)
{
	mmio_set(at, MMIO_DEVICE_FEATURES_SEL, word);
	return mmio_get(at, MMIO_DEVICE_FEATURES);
}

static inline void mmio_accept(void *at, uint32_t word, uint32_t bits)
{
	mmio_set(at, MMIO_DRIVER_FEATURES_SEL, word);
	mmio_set(at, MMIO_DRIVER_FEATURES, bits);
}

static inline uint32_t mmio_queue_size(void *at)
{
	mmio_set(at, MMIO_QUEUE_SEL, 0);
	return mmio_get(at, MMIO_QUEUE_NUM_MAX);
}

static inline void mmio_notify(void *at)
{
	mmio_set(at, MMIO_QUEUE_NOTIFY, 0);
}

#endif
