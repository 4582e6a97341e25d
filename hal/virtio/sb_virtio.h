/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio-rng over any virtio transport (VIRTIO 1.2, OASIS Committee
 * Specification 01). The board finds the device and owns the memory:
 *
 *	static struct sb_virtio_rng_state rng =
 *		SB_VIRTIO_RNG_STATE(&sb_virtio_mmio, (void *)0x0a000000, &dma);
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

/* Feature bits 32 and up, section 6, as bits of word 1. */
#define SB_VIRTIO_1_VERSION 1u         /* VIRTIO_F_VERSION_1, bit 32 */
#define SB_VIRTIO_1_ACCESS_PLATFORM 2u /* VIRTIO_F_ACCESS_PLATFORM, bit 33 */
/* VIRTIO_F_ORDER_PLATFORM, bit 36: the device is hardware. Our barriers are
   strong enough for that. */
#define SB_VIRTIO_1_ORDER_PLATFORM 16u

#define SB_VIRTIO_ENTROPY 4 /* device id, section 5 */

/* Polls of the status register for a reset, and of the used ring for a read. */
#define SB_VIRTIO_RESET_POLLS 100000u
#define SB_VIRTIO_RNG_POLLS 5000u
/* Reads without an answer after a restart. Then the device is reset: what was
   asked may be lost, as in a machine that was restored. */
#define SB_VIRTIO_RNG_WAITS 128u

/* The parts of queue 0, by the addresses that the device uses. `size` counts
   descriptors. */
struct sb_virtio_queue {
	uint64_t descriptors, available, used;
	uint16_t size;
};

/*
 * A way to reach a device; there is one const object for each. virtio_mmio.c
 * and virtio_mmio_legacy.c have two, sb_virtio_pci.h names the others. `at` is
 * what that transport needs to find its device; for MMIO it is the register
 * block. Every function returns after a fixed number of accesses. No value that
 * comes back is trusted.
 */
struct sb_virtio_transport {
	/* SB_OK: there is a device of this id that speaks this transport's
	   version. Otherwise SB_ENODEV. */
	int (*find)(void *at, uint32_t kind);
	uint8_t (*status)(void *at);
	/* 0 starts a reset, which is done when status reads 0. */
	void (*set_status)(void *at, uint8_t status);
	/* Feature bits from 32 * word on; word is 0 or 1. */
	uint32_t (*offered)(void *at, uint32_t word);
	void (*accept)(void *at, uint32_t word, uint32_t bits);
	/* How many descriptors queue 0 has at most: QueueNumMax. 0: there is no
	   such queue. */
	uint32_t (*queue_size)(void *at);
	/* Enables queue 0, whose size is that maximum. Returns SB_OK, SB_EUNFIT
	   if the device cannot name the address, or SB_EIO. */
	int (*set_queue)(void *at, const struct sb_virtio_queue *queue);
	/* Tells the device that queue 0 has a new request. */
	void (*notify)(void *at);
	/* 0 from version 1.0 on. A legacy device (section 7.4) has neither
	   VERSION_1 nor FEATURES_OK. Its memory is in the guest's byte order.
	   The queue and its used ring each start at a multiple of this
	   number. */
	uint32_t legacy;
	/* Nonzero: queue 0 is enabled. Over PCI it is asked after a reset:
	   status of Firecracker says that the reset is done, and the device
	   goes on. NULL: status alone tells. */
	int (*in_use)(void *at);
};

/* Version 2 ("modern"). A legacy device is SB_ENODEV. */
extern const struct sb_virtio_transport sb_virtio_mmio;

/* Version 1, QEMU's default. A modern device is SB_ENODEV. */
extern const struct sb_virtio_transport sb_virtio_mmio_legacy;

/*
 * The memory of a split queue (section 2.7). It is laid out for as many
 * descriptors as the device has at most, and one of them is used. Some devices
 * ignore a smaller number: the ring of kvmtool always has 128 descriptors. A
 * queue that is larger than its memory is refused.
 */

/* The used ring starts at a multiple of this, on a cache line of its own. */
#define SB_VIRTIO_RING_ALIGN 64u

/* Up to 256 descriptors, in 6784 bytes: kvmtool has 128, Firecracker 256. */
struct sb_virtio_ring {
	volatile uint64_t words[848];
} __attribute__((aligned(SB_VIRTIO_RING_ALIGN)));

/*
 * Up to 1024 descriptors, on pages as a legacy PCI device needs them: 32 KiB.
 * QEMU says 1024 for each virtio-mmio device, and QEMU 10 for virtio-rng over
 * PCI. A board where no such device can be does not need this memory.
 */
struct sb_virtio_pages {
	volatile uint64_t words[4096];
} __attribute__((aligned(4096)));

/* Bytes of one request, which is also what the library asks for. So a full
   answer is taken as one; otherwise a device that repeats itself would not be
   noticed. */
#define SB_VIRTIO_RNG_BYTES 48

/*
 * The context: static memory at one address for life. All members behind
 * unseen are private. The device reaches `bytes` and its queue only. The
 * queue is in `pages`, or without them in `ring`. Each of the three fills cache
 * lines of its own, of up to 64 bytes.
 */
struct sb_virtio_rng_state {
	/* NULL where at is not: the board found a device and cannot reach it.
	   Then probe returns SB_EUNFIT. */
	const struct sb_virtio_transport *transport;
	/* NULL: no device was found. The board may fill in this member and
	   transport before the first probe. */
	void *at;
	const struct sb_dma *dma; /* NULL: identity map and coherent */
	/* Memory like the context's. The board may fill it in as well. NULL: a
	   legacy PCI device is refused, and more than 256 descriptors are. */
	struct sb_virtio_pages *pages;
	/* The board's word. iommu: what the device reads and writes goes
	   through an IOMMU. unseen: where at is NULL, the board could not look
	   at each place. */
	uint8_t iommu, unseen;
	volatile uint8_t *base; /* of the queue: ring or pages */
	uint32_t used_at;       /* the used ring, in bytes from base */
	uint16_t size;          /* descriptors of the queue */
	uint16_t seen;          /* used_index of the last answer taken */
	uint8_t life, asked, have, taken;
	uint8_t stale; /* the request is of before a restart */
	uint8_t waits; /* reads left until a reset; 0: no bound */
	struct sb_virtio_ring ring;
	volatile uint8_t bytes[SB_VIRTIO_RNG_BYTES] __attribute__((aligned(64)));
};

/* clang-format off */
#define SB_VIRTIO_RNG_STATE(how, where, memory) \
	{ .transport = (how), .at = (where), .dma = (memory) }
/* clang-format on */

/*
 * probe returns SB_EUNFIT where the device is there and cannot be served: it
 * wants platform addresses (VIRTIO_F_ACCESS_PLATFORM) behind an IOMMU, without
 * dma->translated, or the memory of the queue does not do. That is too small,
 * or beyond the device's reach, or for the device not in one piece.
 *
 * Platform addresses are those of the bus (section 6.1). Without an IOMMU they
 * are physical ones, so the feature is accepted. An IOMMU may be off, which
 * only its owner knows. So a device behind one that wants them is refused. A
 * device that does not offer the feature passes any IOMMU by, and is served.
 *
 * read returns SB_EAGAIN if the request is still with the device; a later read
 * collects the answer. It is SB_EAGAIN too for an answer of no bytes, which a
 * device gives when the host's generator failed. After the device broke a rule
 * of the ring, read returns SB_EIO until probe.
 *
 * restart keeps the queue, because some devices cannot be reset (Firecracker).
 * The answer to a request made before is discarded, however late, and a new
 * request is made. The device is reset by the first probe, by a probe after a
 * broken rule, and where it is silent for SB_VIRTIO_RNG_WAITS reads after a
 * restart.
 *
 * stop resets the device. A device that does not confirm its reset may still
 * write. So the memory is left to it for good: held says so, and probe returns
 * SB_EIO.
 */
extern const struct sb_driver sb_virtio_rng;

/* The same driver, under a name of its own: for the second device that a board
   is willing to use. */
extern const struct sb_driver sb_virtio_rng_2;

/*
 * A row of sb_hal.sources. Section 5.4: the device "supplies high-quality
 * randomness". It is the host's own generator, so sb_hal.distrust (SB_HOST)
 * takes the credit away where the host is the adversary.
 */
/* clang-format off */
#define SB_VIRTIO_RNG(state) SB_VIRTIO_RNG_AS(state, 2048)
#define SB_VIRTIO_RNG_AS(state, credit) { &sb_virtio_rng, (state), (credit) }
#define SB_VIRTIO_RNG_2(state) SB_VIRTIO_RNG_2_AS(state, 2048)
#define SB_VIRTIO_RNG_2_AS(state, credit) { &sb_virtio_rng_2, (state), (credit) }
/* clang-format on */

/*
 * For a board with virtio-mmio slots: `count` slots from the address `first`
 * on, `step` bytes apart. It puts the first entropy device and its transport
 * into the state, and returns SB_OK, or SB_ENODEV if there is no such device.
 *
 * An empty slot has the magic number and device id 0 (section 4.2.2). At the
 * first slot without the magic number the search ends. So it touches nothing
 * behind the last slot of a machine that has fewer.
 */
int sb_virtio_mmio_find(struct sb_virtio_rng_state *rng, uintptr_t first, size_t step,
			unsigned count);

/* The same for up to `rows` devices. Returns how many it found. */
unsigned sb_virtio_mmio_find_all(struct sb_virtio_rng_state *rng, unsigned rows, uintptr_t first,
				 size_t step, unsigned count);

/* Fields of the ring and the registers are little-endian on every machine. A
   legacy ring is the exception. */
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
