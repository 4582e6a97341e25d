/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio-rng over any virtio transport (VIRTIO 1.2, OASIS Committee Specification 01). The board finds the device and owns the memory:
 *
 *	static struct sb_virtio_rng_state rng = SB_VIRTIO_RNG_STATE(&sb_virtio_mmio, (void *)0x0a000000, &dma);
 *	... { SB_VIRTIO_RNG(&rng) } ...
 */
#ifndef SB_VIRTIO_H
#define SB_VIRTIO_H

#include "sb_dma.h"
#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Device status, section 2.1. */
#define SB_VIRTIO_ACKNOWLEDGE 1
#define SB_VIRTIO_DRIVER 2
#define SB_VIRTIO_DRIVER_OK 4
#define SB_VIRTIO_FEATURES_OK 8
#define SB_VIRTIO_FAILED 128

/* Feature bits 32 and up, section 6: bits of word 1. */
#define SB_VIRTIO_1_VERSION 1u         /* VIRTIO_F_VERSION_1, 32 */
#define SB_VIRTIO_1_ACCESS_PLATFORM 2u /* VIRTIO_F_ACCESS_PLATFORM, 33 */
#define SB_VIRTIO_1_ORDER_PLATFORM \
	16u /* VIRTIO_F_ORDER_PLATFORM, 36: a device of hardware; our barriers are for those as well */

#define SB_VIRTIO_ENTROPY 4 /* device id, section 5 */

/* Polls of a status register that a reset may take, and of the used ring that one read may take. */
#define SB_VIRTIO_RESET_POLLS 100000u
#define SB_VIRTIO_RNG_POLLS 5000u

/* Where the parts of queue 0 are, as the device calls them; size: descriptors. */
struct sb_virtio_queue {
	uint64_t descriptors, available, used;
	uint16_t size;
};

/*
 * One const per way to reach a device: virtio_mmio.c, virtio_mmio_legacy.c, and those of sb_virtio_pci.h. at is what that transport needs to
 * find its device (MMIO: the register block).
 * Every function returns after a fixed number of accesses. No value that comes back is trusted.
 */
struct sb_virtio_transport {
	int (*find)(
		void *at,
		uint32_t
			kind); /* SB_OK: a device of that id, spoken to in this transport's version; SB_ENODEV */
	uint8_t (*status)(void *at);
	void (*set_status)(void *at,
			   uint8_t status); /* 0: starts a reset, done when status reads 0 */
	uint32_t (*offered)(void *at,
			    uint32_t word); /* feature bits 32 * word and up, word 0 or 1 */
	void (*accept)(void *at, uint32_t word, uint32_t bits);
	int (*set_queue)(
		void *at,
		const struct sb_virtio_queue
			*queue);  /* enables queue 0. SB_OK; SB_ENODEV: none of that size; SB_EIO */
	void (*notify)(void *at); /* queue 0 has news */
	/* 0 from version 1.0 on. A legacy device (section 7.4) has no VERSION_1 and no FEATURES_OK, memory in the guest's byte order, and a
	   queue in one piece that starts at a multiple of this, as does its used ring. */
	uint32_t legacy;
	uint16_t (*queue_size)(
		void *at); /* the number of descriptors where the device allows no other; NULL: 1 is allowed */
};
extern const struct sb_virtio_transport
	sb_virtio_mmio; /* version 2 ("modern"); legacy devices are SB_ENODEV */
extern const struct sb_virtio_transport
	sb_virtio_mmio_legacy; /* version 1, QEMU's default; modern devices are SB_ENODEV */

/* A split queue of one descriptor (section 2.7). The used ring is where a legacy device expects it with both its page
   size and its queue alignment set to 32. */
struct sb_virtio_ring {
	volatile uint64_t address; /* struct virtq_desc */
	volatile uint32_t length;
	volatile uint16_t flags, next;
	volatile uint16_t avail_flags, avail_index, avail_head,
		avail_event; /* struct virtq_avail */
	volatile uint64_t pad;
	volatile uint16_t used_flags, used_index; /* struct virtq_used */
	volatile uint32_t used_id, used_length;
	volatile uint16_t used_event;
} __attribute__((aligned(64)));

#define SB_VIRTIO_RING_USED 32

/* The queue of a legacy PCI device: up to 1024 descriptors, of which we use one.
   QEMU 7.2 has 8, QEMU 10 has 1024, and the device allows no other number. These
   eight pages must be neighbours for the device as well: it is told of the first
   alone. Only a board that looks for such devices needs the memory. */
struct sb_virtio_pages {
	volatile uint64_t words[4096];
} __attribute__((aligned(4096)));

/* Asked for at a time, and what the library asks for: a full answer is taken as one, or a device that repeats itself would never be seen to. */
#define SB_VIRTIO_RNG_BYTES 48

/* The context: static memory that stays put for life. All behind dma is private. The device reaches ring and bytes only; each fills
   cache lines of its own, of up to 64 bytes. */
struct sb_virtio_rng_state {
	const struct sb_virtio_transport *transport;
	void *at; /* NULL: not found; the board may fill it in, and transport, before the first probe */
	const struct sb_dma *dma; /* NULL: identity map and coherent */
	struct sb_virtio_pages
		*pages;         /* NULL: no legacy PCI device will do; memory like the context's */
	volatile uint8_t *base; /* of the queue: ring, or pages */
	uint32_t used_at;       /* its used ring, bytes from base */
	uint16_t size;          /* its descriptors */
	uint16_t seen;          /* used_index up to which answers are collected */
	uint8_t life, asked, have, taken;
	struct sb_virtio_ring ring;
	volatile uint8_t bytes[SB_VIRTIO_RNG_BYTES] __attribute__((aligned(64)));
};
/* clang-format off */
#define SB_VIRTIO_RNG_STATE(how, where, memory) { .transport = (how), .at = (where), .dma = (memory) }
/* clang-format on */

/*
 * probe: SB_ENODEV also where the device needs what we do not have (a platform IOMMU without dma->translated). read: SB_EAGAIN leaves
 * the request with the device, to be collected by a later read; SB_EIO after the device broke a rule of the ring, until stop and probe.
 * stop: resets. A device that does not confirm its reset may still write: the memory is left to it for good, and probe says SB_EIO.
 */
extern const struct sb_driver sb_virtio_rng;

/* A row of sb_hal.sources. Section 5.4: the device "supplies high-quality randomness"; it is the host's own generator, so that
   sb_hal.distrust (SB_HOST) takes the credit away where the host is the adversary. */
/* clang-format off */
#define SB_VIRTIO_RNG(state) SB_VIRTIO_RNG_AS(state, 2048)
#define SB_VIRTIO_RNG_AS(state, credit) { &sb_virtio_rng, (state), (credit) }
/* clang-format on */

/* Ring and register fields are little-endian on every machine (but for a legacy ring). */
#define SB_VIRTIO_IS_BIG (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
static inline uint16_t sb_virtio_le16(uint16_t v)
{
	return SB_VIRTIO_IS_BIG ? __builtin_bswap16(v) : v;
}

static inline uint32_t sb_virtio_le32(uint32_t v)
{
	return SB_VIRTIO_IS_BIG ? __builtin_bswap32(v) : v;
}

static inline uint64_t sb_virtio_le64(uint64_t v)
{
	return SB_VIRTIO_IS_BIG ? __builtin_bswap64(v) : v;
}

#ifdef __cplusplus
}
#endif
#endif
