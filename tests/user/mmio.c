/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registers of virtio over MMIO and PCI. Each access traps and is in a log,
 * and what is read there is what the script says: a register need not hold what
 * was written. Needs hal/virtio/virtio_mmio*.c and hal/virtio/virtio_pci*.c.
 */
#include "sb_virtio_pci.h"
#include "model.h"

#define DEVICE 0x40000000u
#define AT ((void *)(uintptr_t)DEVICE)

static uint32_t reads[0x100 / 4]; /* what each register reads */

static uint32_t mmio_read(uint32_t at)
{
	CHECK(at < sizeof reads);
	return reads[at / 4] >> 8 * (at % 4);
}

static void mmio_write(uint32_t at, uint32_t value)
{
	(void)value;
	CHECK(at < sizeof reads);
}

const struct model model = { DEVICE, 4096, mmio_read, mmio_write };

#define READ(at) (at)
#define WRITE(at) ((at) | 0x1000u)
#define OF_16(access) ((access) | 0x2000u)

static int did(unsigned n, uint32_t access, uint32_t value)
{
	const struct model_access *done = &model_log[n];

	return n < model_lines && done->value == value &&
	       access == (done->at | (done->wrote ? WRITE(0) : 0) |
			  (done->bytes == 2 ? OF_16(0) : 0));
}

static const struct sb_virtio_queue queue = { 0x1122334455667780u, 0x99aabbccddeeff00u,
					      0x0123456789abcde0u, 128 };

/* Section 4.2.3.2, in its order. */
static void a_queue(void)
{
	memset(reads, 0, sizeof reads);
	model_forget();
	CHECK(sb_virtio_mmio.set_queue(AT, &queue) == SB_EIO); /* it does not stay ready */
	CHECK(model_accesses == 11);
	CHECK(did(0, WRITE(0x30), 0) && did(1, READ(0x44), 0) && did(2, WRITE(0x38), 128));
	CHECK(did(3, WRITE(0x80), 0x55667780) && did(4, WRITE(0x84), 0x11223344));
	CHECK(did(5, WRITE(0x90), 0xddeeff00) && did(6, WRITE(0x94), 0x99aabbcc));
	CHECK(did(7, WRITE(0xa0), 0x89abcde0) && did(8, WRITE(0xa4), 0x01234567));
	CHECK(did(9, WRITE(0x44), 1) && did(10, READ(0x44), 0));
	reads[0x44 / 4] = 1; /* in use straight after a reset */
	model_forget();
	CHECK(sb_virtio_mmio.set_queue(AT, &queue) == SB_EIO);
	CHECK(model_accesses == 2 && did(0, WRITE(0x30), 0));
}

static void a_legacy_queue(void)
{
	static const struct sb_virtio_queue low = { 0x2468ac00u * 64ull, 0, 0, 128 };

	memset(reads, 0, sizeof reads);
	model_forget();
	CHECK(sb_virtio_mmio_legacy.set_queue(AT, &low) == SB_EIO); /* the number is lost */
	CHECK(model_accesses == 7);
	CHECK(did(0, WRITE(0x28), 64) && did(1, WRITE(0x30), 0) && did(2, READ(0x40), 0));
	CHECK(did(3, WRITE(0x38), 128) && did(4, WRITE(0x3c), 64));
	CHECK(did(5, WRITE(0x40), 0x2468ac00) && did(6, READ(0x40), 0));
	reads[0x40 / 4] = 0x2468ac00;
	model_forget();
	CHECK(sb_virtio_mmio_legacy.set_queue(AT, &low) == SB_EIO);
	CHECK(model_accesses == 3);
	model_forget();
	CHECK(sb_virtio_mmio_legacy.set_queue(AT, &queue) == SB_EUNFIT); /* too far up */
	CHECK(model_accesses == 0);
}

/* Behind the first slot without the magic number there may be no memory. */
static void a_search_ends(void)
{
	struct sb_virtio_rng_state rng;

	memset(&rng, 0, sizeof rng);
	memset(reads, 0, sizeof reads);
	reads[0x20 / 4] = 0xffffffff;
	model_forget();
	CHECK(sb_virtio_mmio_find(&rng, DEVICE, 0x20, 8) == SB_ENODEV);
	CHECK(model_accesses == 1 && did(0, READ(0), 0) && !rng.at);
	reads[0] = 0x74726976; /* with device 0 */
	model_forget();
	CHECK(sb_virtio_mmio_find(&rng, DEVICE, 0x20, 8) == SB_ENODEV);
	CHECK(did(model_lines - 1, READ(0x20), 0xffffffff) && !rng.at);
}

/* Section 4.1.5.1.3, in its order. It is none if it does not stay enabled. */
static void a_queue_over_pci(void)
{
	struct sb_virtio_pci at;

	memset(&at, 0, sizeof at);
	memset(reads, 0, sizeof reads);
	reads[0x1c / 4] = 0x00030000; /* not enabled, and it is told at 3 */
	at.common = DEVICE;
	at.notify_size = 14;
	at.notify_step = 4;
	model_forget();
	CHECK(sb_virtio_pci_modern.set_queue(&at, &queue) == SB_EIO);
	CHECK(model_accesses == 12 && at.notify_offset == 3);
	CHECK(did(0, OF_16(WRITE(0x16)), 0) && did(1, OF_16(READ(0x1c)), 0));
	CHECK(did(2, OF_16(READ(0x1e)), 3) && did(3, OF_16(WRITE(0x18)), 128));
	CHECK(did(4, WRITE(0x20), 0x55667780) && did(5, WRITE(0x24), 0x11223344));
	CHECK(did(6, WRITE(0x28), 0xddeeff00) && did(7, WRITE(0x2c), 0x99aabbcc));
	CHECK(did(8, WRITE(0x30), 0x89abcde0) && did(9, WRITE(0x34), 0x01234567));
	CHECK(did(10, OF_16(WRITE(0x1c)), 1) && did(11, OF_16(READ(0x1c)), 0));
	at.notify_size = 13; /* it would be told behind its window */
	model_forget();
	CHECK(sb_virtio_pci_modern.set_queue(&at, &queue) == SB_EIO);
	CHECK(model_accesses == 3);
	reads[0x1c / 4] = 2; /* enabled, in a way */
	model_forget();
	CHECK(sb_virtio_pci_modern.in_use(&at) == 1);
	CHECK(did(0, OF_16(WRITE(0x16)), 0) && model_accesses == 2);
	CHECK(sb_virtio_pci_modern.set_queue(&at, &queue) == SB_EIO);
	CHECK(model_accesses == 4);
	reads[0x18 / 4] = 256;
	model_forget();
	CHECK(sb_virtio_pci_modern.queue_size(&at) == 256);
	CHECK(did(0, OF_16(WRITE(0x16)), 0) && did(1, OF_16(READ(0x18)), 256));
	at.notify = DEVICE + 0x40;
	model_forget();
	sb_virtio_pci_modern.notify(&at);
	CHECK(model_accesses == 1 && did(0, OF_16(WRITE(0x4c)), 0));
}

static void each_register(void)
{
	static const struct sb_virtio_transport *const both[] = { &sb_virtio_mmio,
								  &sb_virtio_mmio_legacy };

	for (unsigned i = 0; i < 2; i++) {
		memset(reads, 0, sizeof reads);
		model_forget();
		reads[0x70 / 4] = 0xabcdef0f;
		reads[0x10 / 4] = 0x81000001;
		reads[0x34 / 4] = 0x10080;
		CHECK(both[i]->status(AT) == 0x0f && did(0, READ(0x70), 0xabcdef0f));
		both[i]->set_status(AT, 0x83);
		CHECK(did(1, WRITE(0x70), 0x83));
		CHECK(both[i]->offered(AT, 1) == 0x81000001);
		CHECK(did(2, WRITE(0x14), 1) && did(3, READ(0x10), 0x81000001));
		both[i]->accept(AT, 1, 0x21);
		CHECK(did(4, WRITE(0x24), 1) && did(5, WRITE(0x20), 0x21));
		CHECK(both[i]->queue_size(AT) == 0x10080);
		CHECK(did(6, WRITE(0x30), 0) && did(7, READ(0x34), 0x10080));
		both[i]->notify(AT);
		CHECK(did(8, WRITE(0x50), 0) && model_accesses == 9);
	}
	CHECK(sb_virtio_mmio.legacy == 0 && sb_virtio_mmio_legacy.legacy == 64);
}

void user_main(void)
{
	model_map();
	RUN(a_queue);
	RUN(a_legacy_queue);
	RUN(a_search_ends);
	RUN(a_queue_over_pci);
	RUN(each_register);
}
