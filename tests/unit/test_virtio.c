/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio-rng against a hostile device, and its registers over MMIO. Needs
 * hal/virtio/virtio_rng.c and hal/virtio/virtio_mmio*.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "ring_device.h"

#define DEVICE_NEVER 0xffffffffu
#define DEVICE_OFFSET 0x1000u /* the device has another address for every place */
#define DEVICE_NEEDS_RESET 64

/*
 * The device. An answer comes after the driver has looked at the ring `delay`
 * times.
 */
static struct {
	uint8_t status, kept; /* kept: the status bits that stay */
	int stuck;            /* a reset is never confirmed */
	int goes_on;          /* it is confirmed, and the queue stays enabled */
	uint32_t offered[2], accepted[2];
	uint32_t size; /* descriptors */
	struct sb_virtio_queue queue;
	int queue_result;
	int present;
	unsigned resets, queues, notices, looks, flushes;
	int asked;
	unsigned status_reads, said; /* said: how many statuses are written in order */
	uint8_t statuses[8];
	/* An answer's time, its id, the length that it names, the true one. */
	uint32_t delay, id, claim, writes;
	uint16_t step;
	uint8_t byte; /* the next byte that it writes */
} device;

static struct sb_virtio_rng_state rng;
static uint8_t buf[64];

static volatile void *device_memory(uint64_t address)
{
	return (volatile void *)(uintptr_t)(address - DEVICE_OFFSET);
}

/* The fields of the ring, as this device is told of their places. */
static volatile uint8_t *ring_memory(void)
{
	return (volatile uint8_t *)&rng.ring;
}

static volatile uint16_t *ring_16(size_t offset)
{
	return (volatile uint16_t *)(volatile void *)(ring_memory() + offset);
}

static volatile uint32_t *ring_32(size_t offset)
{
	return (volatile uint32_t *)(volatile void *)(ring_memory() + offset);
}

static volatile uint64_t *ring_address(void)
{
	return (volatile uint64_t *)(volatile void *)ring_memory();
}

#define RING_LENGTH 8
#define RING_FLAGS 12
#define RING_AVAIL_INDEX (16u * device.size + 2)
#define RING_USED_INDEX (rng.used_at + 2u)
#define RING_USED_ENTRY (rng.used_at + 4 + 8u * (rng.seen % device.size))

static void device_answer(void)
{
	volatile uint8_t *bytes = device_memory(sb_virtio_le64(*ring_address()));
	volatile uint16_t *used = ring_16(RING_USED_INDEX);

	assert_ptr_equal(device_memory(device.queue.descriptors), ring_memory());
	assert_ptr_equal(device_memory(device.queue.available), ring_memory() + 16u * device.size);
	assert_ptr_equal(device_memory(device.queue.used), ring_memory() + rng.used_at);
	assert_int_equal(device.queue.size, device.size);
	assert_int_equal(sb_virtio_le32(*ring_32(RING_LENGTH)), SB_VIRTIO_RNG_BYTES);
	assert_int_equal(sb_virtio_le16(*ring_16(RING_FLAGS)), 2);
	for (uint32_t i = 0; i < device.writes; i++)
		bytes[i] = device.byte++;
	*ring_32(RING_USED_ENTRY) = sb_virtio_le32(device.id);
	*ring_32(RING_USED_ENTRY + 4) = sb_virtio_le32(device.claim);
	*used = sb_virtio_le16((uint16_t)(sb_virtio_le16(*used) + device.step));
	device.asked = 0;
}

static void device_look(const volatile void *at, size_t len)
{
	(void)at;
	(void)len;
	device.looks++;
	if (device.asked && device.delay == 0)
		device_answer();
	else if (device.asked && device.delay != DEVICE_NEVER)
		device.delay--;
}

static void device_flush(const volatile void *at, size_t len)
{
	(void)at;
	(void)len;
	device.flushes++;
}

static uint64_t device_address(const volatile void *at)
{
	return (uintptr_t)at + DEVICE_OFFSET;
}

static struct sb_dma dma = { device_address, device_flush, device_look, 0 };

static int transport_find(void *at, uint32_t kind)
{
	assert_ptr_equal(at, &device);
	return device.present && kind == 4 ? SB_OK : SB_ENODEV;
}

static uint8_t transport_status(void *at)
{
	(void)at;
	device.status_reads++;
	return device.status;
}

static void transport_set_status(void *at, uint8_t status)
{
	(void)at;
	if (device.said < sizeof device.statuses)
		device.statuses[device.said++] = status;
	if (status == 0) {
		device.resets++;
		device.asked = 0;
		if (device.stuck)
			return;
	}
	device.status = status & device.kept;
}

static uint32_t transport_offered(void *at, uint32_t word)
{
	(void)at;
	return device.offered[word];
}

static void transport_accept(void *at, uint32_t word, uint32_t bits)
{
	(void)at;
	device.accepted[word] = bits;
}

static uint32_t transport_queue_size(void *at)
{
	(void)at;
	return device.size;
}

static int transport_set_queue(void *at, const struct sb_virtio_queue *queue)
{
	(void)at;
	device.queues++;
	device.queue = *queue;
	return device.queue_result;
}

static void transport_notify(void *at)
{
	(void)at;
	assert_int_equal(device.status, 1 | 2 | 4 | 8);
	assert_false(device.asked);
	device.notices++;
	device.asked = 1;
}

static int transport_in_use(void *at)
{
	(void)at;
	return device.goes_on;
}

static const struct sb_virtio_transport transport = {
	transport_find,      transport_status, transport_set_status,
	transport_offered,   transport_accept, transport_queue_size,
	transport_set_queue, transport_notify, 0,
	transport_in_use,
};

static int device_setup(void **state)
{
	memset(&device, 0, sizeof device);
	device.kept = 0xff;
	device.size = 8;
	device.present = 1;
	device.offered[0] = 0xffffffffu;
	device.offered[1] = SB_VIRTIO_1_VERSION | 0xfffffffcu;
	device.claim = device.writes = SB_VIRTIO_RNG_BYTES;
	device.step = 1;
	device.byte = 1;
	dma.translated = 0;
	memset(&rng, 0, sizeof rng);
	rng.transport = &transport;
	rng.at = &device;
	rng.dma = &dma;
	return fake_setup(state);
}
#define ON_DEVICE(test) cmocka_unit_test_setup(test, device_setup)

static int probe(void)
{
	return sb_virtio_rng.probe(&rng);
}
static void stop(void)
{
	sb_virtio_rng.stop(&rng);
}
static void restart(void)
{
	sb_virtio_rng.restart(&rng);
}
static int read48(void)
{
	memset(buf, 0xee, sizeof buf);
	return sb_virtio_rng.read(&rng, buf, 48);
}

static void bytes_are(size_t n, uint8_t first)
{
	for (size_t i = 0; i < n; i++)
		assert_int_equal(buf[i], (uint8_t)(first + i));
	assert_int_equal(buf[n], 0xee);
}

static void no_bytes_left(void)
{
	for (size_t i = 0; i < sizeof rng.bytes; i++)
		assert_int_equal(rng.bytes[i], 0);
}

static void answers_arrive_whole_and_once(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(device.notices, 0);
	memset(buf, 0xee, sizeof buf);
	assert_int_equal(sb_virtio_rng.read(&rng, buf, 32), 32);
	bytes_are(32, 1);
	assert_int_equal(read48(), 16);
	bytes_are(16, 33);
	assert_int_equal(device.notices, 1);
	no_bytes_left();
	assert_int_equal(read48(), 48); /* one whole answer, to compare others with */
	bytes_are(48, 49);
	assert_int_equal(device.notices, 2);
}

static void short_answers_are_used_exactly(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	for (uint8_t n = 1; n <= 48; n++) {
		uint8_t first = device.byte;

		device.claim = device.writes = n;
		assert_int_equal(read48(), n);
		bytes_are(n, first);
	}
}

static void breaks_the_ring(void)
{
	unsigned notices;

	assert_int_equal(read48(), SB_EIO);
	notices = device.notices;
	/* too late to help */
	*ring_32(RING_USED_ENTRY + 4) = sb_virtio_le32(SB_VIRTIO_RNG_BYTES);
	*ring_32(RING_USED_ENTRY) = 0;
	*ring_16(RING_USED_INDEX) = sb_virtio_le16((uint16_t)(rng.seen + 1));
	assert_int_equal(read48(), SB_EIO);
	assert_int_equal(device.notices, notices); /* nothing more is done with it */
	stop();
	assert_int_equal(device.status, 0);
	no_bytes_left();
	device.claim = device.writes = SB_VIRTIO_RNG_BYTES;
	device.id = 0;
	device.step = 1;
	assert_int_equal(probe(), SB_OK);
	device.byte = 1;
	assert_int_equal(read48(), 48);
	bytes_are(48, 1);
}

static void lengths_that_cannot_be(void **state)
{
	static const uint32_t claims[] = { SB_VIRTIO_RNG_BYTES + 1,
					   128,
					   256,
					   0x10000,
					   0x10001,
					   0x80000000u,
					   0x80000040u,
					   0xffffffffu };

	(void)state;
	assert_int_equal(probe(), SB_OK);
	for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
		device.claim = claims[i];
		breaks_the_ring();
	}
}

static void answers_to_nobody(void **state)
{
	static const uint32_t ids[] = { 1, 0x10000, 0x80000000u, 0xffffffffu };

	(void)state;
	assert_int_equal(probe(), SB_OK);
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		device.id = ids[i];
		breaks_the_ring();
	}
}

static void index_runs_away(void **state)
{
	static const uint16_t steps[] = { 2, 3, 0x7fff, 0x8000, 0xffff };

	(void)state;
	assert_int_equal(probe(), SB_OK);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		device.step = steps[i];
		breaks_the_ring();
	}
}

static void index_wraps(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	rng.seen = 0xfffe;
	*ring_16(RING_USED_INDEX) = sb_virtio_le16(0xfffe);
	for (int i = 0; i < 5; i++)
		assert_int_equal(read48(), 48);
	assert_int_equal(rng.seen, 3);
	assert_int_equal(sb_virtio_le16(*ring_16(RING_AVAIL_INDEX)), 3);
}

/*
 * A request without an answer stays out and is not made again. Its answer is
 * taken whenever it comes.
 */
static void silence_is_bounded_and_late_answers_are_taken(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	device.delay = DEVICE_NEVER;
	for (int i = 0; i < 3; i++) {
		unsigned looks = device.looks;

		assert_int_equal(read48(), SB_EAGAIN);
		bytes_are(0, 0);
		assert_in_range(device.looks - looks, SB_VIRTIO_RNG_POLLS, SB_VIRTIO_RNG_POLLS + 8);
	}
	assert_int_equal(device.notices, 1);
	device.delay = 100;
	assert_int_equal(read48(), 48);
	bytes_are(48, 1);
	assert_int_equal(device.notices, 1);
}

static void late_write_after_a_stop_is_not_seen(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	device.delay = DEVICE_NEVER;
	assert_int_equal(read48(), SB_EAGAIN);
	stop();
	no_bytes_left();
	assert_int_equal(*ring_16(RING_USED_INDEX), 0);
	assert_int_equal(*ring_address(), 0);
	assert_int_equal(read48(), SB_EIO);
	assert_int_equal(probe(), SB_OK);
	device.delay = 0;
	assert_int_equal(read48(), 48);
	bytes_are(48, 1);
	assert_int_equal(device.notices, 2);
}

/* The device may write for ever. It keeps that memory, and gets no other. */
static void unconfirmed_reset_is_quarantine(void **state)
{
	static struct sb_virtio_ring ring;
	unsigned queues;

	(void)state;
	assert_int_equal(probe(), SB_OK);
	device.delay = DEVICE_NEVER;
	assert_int_equal(read48(), SB_EAGAIN);
	device.stuck = 1;
	stop();
	rng.bytes[7] = 0x77; /* the late write */
	*ring_16(RING_USED_INDEX) = sb_virtio_le16(1);
	ring = rng.ring;
	device.stuck = 0;
	queues = device.queues;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(read48(), SB_EIO);
		assert_int_equal(probe(), SB_EIO);
		stop();
	}
	assert_int_equal(device.queues, queues);
	assert_int_equal(device.notices, 1);
	assert_int_equal(rng.bytes[7], 0x77);
	assert_memory_equal(&rng.ring, &ring, sizeof ring);
}

static void reset_that_is_not_confirmed_at_first(void **state)
{
	(void)state;
	device.stuck = 1;
	device.status = 15;
	assert_int_equal(probe(), SB_EIO);
	assert_int_equal(device.queues, 0);
	device.stuck = 0; /* it never knew of our memory, so another try is safe */
	assert_int_equal(probe(), SB_OK);
}

static void sick_device(void **state)
{
	static const uint8_t status[] = { DEVICE_NEEDS_RESET | 15, 0xff, 0, 7 };

	(void)state;
	for (size_t i = 0; i < sizeof status; i++) {
		assert_int_equal(probe(), SB_OK);
		device.delay = DEVICE_NEVER;
		assert_int_equal(read48(), SB_EAGAIN);
		device.status = status[i];
		assert_int_equal(read48(), SB_EIO);
		stop();
	}
}

/*
 * A device that says 48 and wrote 8. The rest is zeros, and not an earlier
 * answer.
 */
static void claims_more_than_it_wrote(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(read48(), 48);
	memset((void *)(uintptr_t)rng.bytes, 0x99, sizeof rng.bytes); /* after its answer */
	device.writes = 8;
	assert_int_equal(read48(), 48);
	for (size_t i = 8; i < 48; i++)
		assert_int_equal(buf[i], 0);
}

static void features(void **state)
{
	(void)state;
	device.offered[1] = 0xfffffffcu;
	assert_int_equal(probe(), SB_ENODEV);
	device.offered[1] = SB_VIRTIO_1_VERSION | SB_VIRTIO_1_ACCESS_PLATFORM;
	rng.iommu = 1;
	assert_int_equal(probe(), SB_EUNFIT);
	assert_int_equal(device.queues, 0);
	device.offered[1] = SB_VIRTIO_1_VERSION;
	assert_int_equal(probe(), SB_OK); /* it passes the IOMMU by */
	stop();
	device.offered[1] |= SB_VIRTIO_1_ACCESS_PLATFORM;
	rng.iommu = 0;
	assert_int_equal(probe(), SB_OK); /* without one they are physical addresses */
	assert_int_equal(device.accepted[1], SB_VIRTIO_1_VERSION | SB_VIRTIO_1_ACCESS_PLATFORM);
	stop();
	rng.iommu = 1;
	rng.dma = NULL; /* nobody translates */
	assert_int_equal(probe(), SB_EUNFIT);
	rng.dma = &dma;
	device.accepted[1] = 0;
	dma.translated = 1;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(device.accepted[1], SB_VIRTIO_1_VERSION | SB_VIRTIO_1_ACCESS_PLATFORM);
	stop();
	device.offered[1] = 0xfffffffdu;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(device.accepted[0], 0);
	assert_int_equal(device.accepted[1], SB_VIRTIO_1_VERSION | SB_VIRTIO_1_ORDER_PLATFORM);
}

static void refusals_in_probe(void **state)
{
	(void)state;
	device.kept = (uint8_t)~SB_VIRTIO_FEATURES_OK;
	assert_int_equal(probe(), SB_ENODEV);
	assert_int_equal(device.queues, 0);
	device.kept = (uint8_t)~SB_VIRTIO_DRIVER_OK;
	assert_int_equal(probe(), SB_EIO);
	assert_int_equal(read48(), SB_EIO);
	device.kept = 0xff;
	device.queue_result = SB_ENODEV;
	assert_int_equal(probe(), SB_ENODEV);
	device.queue_result = SB_EIO;
	assert_int_equal(probe(), SB_EIO);
	device.queue_result = SB_OK;
	assert_int_equal(probe(), SB_OK);
	stop();
	device.present = 0;
	assert_int_equal(probe(), SB_ENODEV);
	rng.at = NULL;
	assert_int_equal(probe(), SB_ENODEV);
	assert_int_equal(read48(), SB_EIO);
}

/* Section 3.1.1: each step is said before the next one. */
static void the_steps_of_a_start(void **state)
{
	static const uint8_t steps[] = { 0, 1, 1 | 2, 1 | 2 | 8, 1 | 2 | 4 | 8 };

	(void)state;
	device.accepted[0] = device.accepted[1] = 0xff;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(device.said, sizeof steps);
	assert_memory_equal(device.statuses, steps, sizeof steps);
	assert_int_equal(device.accepted[0], 0);
	assert_int_equal(device.accepted[1], SB_VIRTIO_1_VERSION | SB_VIRTIO_1_ORDER_PLATFORM);
}

/* It knows of our memory from the queue on, so a start that fails then ends
   with a reset. */
static void a_start_that_fails(void **state)
{
	(void)state;
	device.queue_result = SB_EIO;
	assert_int_equal(probe(), SB_EIO);
	assert_int_equal(device.resets, 2);
	assert_int_equal(device.status, 0);
	assert_int_equal(device.statuses[device.said - 2], 1 | 2 | 8 | 128);
	device.offered[1] = 0;
	device.resets = 0;
	assert_int_equal(probe(), SB_ENODEV); /* it does not know of it yet */
	assert_int_equal(device.resets, 1);
	assert_int_equal(device.status, 1 | 2 | 128);
}

static void a_reset_is_asked_so_often(void **state)
{
	(void)state;
	device.stuck = 1;
	device.status = 15;
	assert_int_equal(probe(), SB_EIO);
	/* and once to say that it failed */
	assert_int_equal(device.status_reads, SB_VIRTIO_RESET_POLLS + 1);
}

/* Starting over touches no byte of a device that must be reset first. */
static void a_restart_of_a_broken_device(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(sb_virtio_rng.read(&rng, buf, 16), 16);
	device.stuck = 1;
	stop();
	rng.bytes[40] = 0x77;
	restart();
	assert_int_equal(rng.bytes[40], 0x77);
	assert_int_equal(probe(), SB_EIO);
}

static void what_the_row_says(void **state)
{
	const struct sb_source row = SB_VIRTIO_RNG(&rng);

	(void)state;
	assert_ptr_equal(row.driver, &sb_virtio_rng);
	assert_int_equal(row.credit, 2048);
	assert_int_equal(row.driver->entropy, 2048);
	assert_int_equal(row.driver->width, 4);
	assert_int_equal(row.driver->flags, SB_CONDITIONED | SB_HOST);
	assert_string_equal(row.driver->name, "virtio-rng");
	assert_string_equal(sb_virtio_rng_2.name, "virtio-rng-2");
	assert_true(sb_virtio_rng_2.probe == row.driver->probe &&
		    sb_virtio_rng_2.read == row.driver->read &&
		    sb_virtio_rng_2.stop == row.driver->stop &&
		    sb_virtio_rng_2.restart == row.driver->restart);
}

/* The board found it, and no transport reaches it. That is not "absent". */
static void found_and_out_of_reach(void **state)
{
	(void)state;
	rng.transport = NULL;
	assert_int_equal(probe(), SB_EUNFIT);
	assert_int_equal(read48(), SB_EIO);
	stop();
	rng.at = NULL;
	assert_int_equal(probe(), SB_ENODEV);
	rng.at = &device;
	rng.transport = &transport;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(read48(), 48);
}

static void stop_wipes(void **state)
{
	unsigned resets = device.resets;

	(void)state;
	stop();
	assert_int_equal(device.resets, resets); /* it is not ours yet */
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(read48(), 48);
	stop();
	no_bytes_left();
	resets = device.resets;
	stop();
	assert_int_equal(device.resets, resets);
	assert_int_equal(probe(), SB_OK);
	device.byte = 100;
	assert_int_equal(read48(), 48);
	bytes_are(48, 100); /* not the sixteen bytes of before */
}

/* Firecracker gives it when the host's generator failed. */
static void an_answer_of_no_bytes(void **state)
{
	unsigned resets;

	(void)state;
	assert_int_equal(probe(), SB_OK);
	resets = device.resets;
	device.claim = device.writes = 0;
	for (int i = 0; i < 3; i++)
		assert_int_equal(read48(), SB_EAGAIN);
	assert_int_equal(device.notices, 3); /* it was the answer: another request */
	device.claim = device.writes = SB_VIRTIO_RNG_BYTES;
	assert_int_equal(read48(), 48);
	bytes_are(48, 1);
	assert_int_equal(device.resets, resets);
}

static void starting_over_keeps_the_queue(void **state)
{
	unsigned resets;

	(void)state;
	restart(); /* nothing to start over */
	assert_int_equal(device.resets, 0);
	assert_int_equal(probe(), SB_OK);
	resets = device.resets;
	assert_int_equal(sb_virtio_rng.read(&rng, buf, 16), 16);
	restart();
	no_bytes_left();
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(read48(), 48);
	bytes_are(48, 49);
	assert_int_equal(sb_virtio_rng.read(&rng, buf, 16), 16);
	assert_int_equal(probe(), SB_OK); /* alone, it starts over as well */
	no_bytes_left();
	assert_int_equal(read48(), 48);
	bytes_are(48, 145);
	assert_int_equal(device.resets, resets);
	assert_int_equal(device.queues, 1);
}

/* A request that was made before has one answer, and nobody gets that. */
static void an_answer_from_before_is_discarded(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	for (int arrived = 0; arrived < 2; arrived++) {
		device.byte = 1;
		device.notices = 0;
		device.delay = DEVICE_NEVER;
		assert_int_equal(read48(), SB_EAGAIN);
		if (arrived)
			device_answer(); /* it is there, and was not taken */
		restart();
		assert_int_equal(probe(), SB_OK);
		restart();
		for (int i = 0; i < 20 && !arrived; i++)
			assert_int_equal(read48(), SB_EAGAIN);
		assert_int_equal(device.notices, 1);
		device.delay = 0;
		assert_int_equal(read48(), 48);
		bytes_are(48, 49);
		assert_int_equal(device.notices, 2);
	}
	assert_int_equal(device.queues, 1);
}

/* Its bytes are gone even where the next request has no answer yet. */
static void a_discarded_answer_is_wiped(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	device.delay = DEVICE_NEVER;
	assert_int_equal(read48(), SB_EAGAIN);
	restart();
	device_answer();
	assert_int_equal(read48(), SB_EAGAIN);
	no_bytes_left();
	assert_int_equal(device.notices, 2);
	/* nor is one byte of it there to be read later */
	assert_int_equal(read48(), SB_EAGAIN);
	assert_int_equal(device.notices, 2);
	device.delay = 0;
	assert_int_equal(read48(), 48);
	bytes_are(48, 49);
}

/* A broken rule stays one at the end of the bound: no reset hides it. */
static void a_broken_rule_at_the_end_of_the_bound(void **state)
{
	unsigned resets;

	(void)state;
	assert_int_equal(probe(), SB_OK);
	device.delay = DEVICE_NEVER;
	restart();
	for (unsigned i = 1; i < SB_VIRTIO_RNG_WAITS; i++)
		assert_int_equal(read48(), SB_EAGAIN);
	resets = device.resets;
	device.delay = 0;
	device.id = 1;
	assert_int_equal(read48(), SB_EIO);
	assert_int_equal(read48(), SB_EIO);
	assert_int_equal(device.resets, resets);
}

/* Even where it is found no more. */
static void a_broken_device_is_reset_first(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	device.id = 1;
	assert_int_equal(read48(), SB_EIO);
	device.present = 0;
	assert_int_equal(probe(), SB_ENODEV);
	assert_int_equal(device.status, 0);
	assert_false(sb_virtio_rng.held(&rng));
	no_bytes_left();
}

/* What was asked may be lost for good, as in a machine that was restored. */
static void silence_after_starting_over_is_bounded(void **state)
{
	unsigned resets;

	(void)state;
	assert_int_equal(probe(), SB_OK);
	resets = device.resets;
	device.delay = DEVICE_NEVER;
	for (unsigned i = 0; i < 2 * SB_VIRTIO_RNG_WAITS; i++)
		assert_int_equal(read48(), SB_EAGAIN); /* without a restart it is waited for */
	assert_int_equal(device.resets, resets);
	restart();
	assert_int_equal(probe(), SB_OK);
	for (unsigned i = 1; i < SB_VIRTIO_RNG_WAITS; i++)
		assert_int_equal(read48(), SB_EAGAIN);
	assert_int_equal(device.resets, resets);
	assert_int_equal(read48(), SB_EAGAIN);
	assert_in_range(device.resets, resets + 1, resets + 2);
	device.delay = 0;
	assert_int_equal(read48(), 48);
	bytes_are(48, 1);

	/* An answer ends the bound. */
	resets = device.resets;
	restart();
	assert_int_equal(read48(), 48);
	device.delay = DEVICE_NEVER;
	for (unsigned i = 0; i < 2 * SB_VIRTIO_RNG_WAITS; i++)
		assert_int_equal(read48(), SB_EAGAIN);
	assert_int_equal(device.resets, resets);

	device.stuck = 1; /* silent for good, and it cannot be reset */
	restart();
	for (unsigned i = 1; i < SB_VIRTIO_RNG_WAITS; i++)
		assert_int_equal(read48(), SB_EAGAIN);
	assert_int_equal(read48(), SB_EIO);
	assert_int_equal(probe(), SB_EIO);
}

static void a_broken_rule_is_followed_by_a_reset(void **state)
{
	unsigned resets;

	(void)state;
	assert_int_equal(probe(), SB_OK);
	device.claim = SB_VIRTIO_RNG_BYTES + 1;
	assert_int_equal(read48(), SB_EIO);
	resets = device.resets;
	restart();
	assert_int_equal(read48(), SB_EIO);
	assert_int_equal(device.resets, resets);
	device.claim = SB_VIRTIO_RNG_BYTES;
	assert_int_equal(probe(), SB_OK);
	assert_in_range(device.resets, resets + 1, resets + 2);
	assert_int_equal(read48(), 48);
}

/* One bounded wait for READY. */
static void serves_again(unsigned alarms)
{
	uint8_t out[16];
	int rounds = 0;

	while (seedbed_gather(&bed) != SB_OK)
		assert_true(++rounds < 16);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	assert_int_equal(fake_report(&bed, 0).alarms, alarms);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
}

/*
 * Firecracker cannot reset a device that was activated. Whatever makes an
 * instance start over, it gathers again from the same queue.
 */
static void cannot_be_reset(int *how)
{
	static struct sb_source source[1] = { SB_VIRTIO_RNG(&rng) };

	fake.hal.sources = source;
	fake.hal.source_count = 1;
	fake.epoch = SB_OK;
	fake.id[5] = 5;
	assert_true(fake_ready(&bed) > 0);
	*how = 1;

	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	serves_again(0);
	fake.id[5] = 6;
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	serves_again(0);
	device.claim = device.writes = 0;
	for (int i = 0; i < 12; i++)
		assert_int_equal(seedbed_gather(&bed), SB_OK);
	device.claim = device.writes = SB_VIRTIO_RNG_BYTES;
	serves_again(0);
	device.byte = 1;
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	device.byte = 1; /* the same answer twice */
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(fake_report(&bed, 0).alarms, 1);
	for (int i = 0; i < 4; i++)
		assert_int_equal(seedbed_gather(&bed), SB_OK);
	serves_again(1);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	serves_again(0);
	assert_int_equal(device.queues, 1);

	seedbed_wipe(&bed); /* releasing is a reset: the memory is left to it */
	assert_string_equal(seedbed_held(&fake.hal), "virtio-rng");
	*how = 0;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_FAULT);
	seedbed_wipe(&bed); /* for good, whatever it says later */
	assert_string_equal(seedbed_held(&fake.hal), "virtio-rng");
}

static void a_device_that_cannot_be_reset(void **state)
{
	(void)state;
	cannot_be_reset(&device.stuck); /* over MMIO: FAILED sticks */
}

static void a_reset_that_leaves_the_queue(void **state)
{
	(void)state;
	cannot_be_reset(&device.goes_on); /* over PCI: status reads 0 */
}

static void what_a_wipe_gives_back(void **state)
{
	static struct sb_source source[2] = { SB_VIRTIO_RNG(&rng) };

	(void)state;
	fake_add(FAKE_VIRTIO);
	source[1] = fake.table[0];
	fake.hal.sources = source;
	fake.hal.source_count = 2;
	assert_true(fake_ready(&bed) > 0);
	assert_string_equal(seedbed_held(&fake.hal), "virtio-rng"); /* it is in use */
	seedbed_wipe(&bed);
	assert_null(seedbed_held(&fake.hal));
	assert_null(seedbed_held(NULL));
}

/*
 * After a clone and a reset, nothing more. The receipt says so, and the device
 * is served again where it comes back.
 */
static void silent_for_good(void **state)
{
	static struct sb_source source[1] = { SB_VIRTIO_RNG(&rng) };
	unsigned rounds = 0;

	(void)state;
	fake.hal.sources = source;
	fake.hal.source_count = 1;
	assert_true(fake_ready(&bed) > 0);
	device.delay = DEVICE_NEVER;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	while (fake_report(&bed, 0).reason != SEEDBED_SILENT) {
		assert_int_not_equal(seedbed_gather(&bed), SB_OK);
		assert_true(++rounds <= 2 * SB_VIRTIO_RNG_WAITS);
	}
	assert_true(rounds >= SB_VIRTIO_RNG_WAITS);
	for (int i = 0; i < 300; i++)
		assert_int_not_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_SILENT);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_STALLED);
	device.delay = 0;
	serves_again(0);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_NONE);
}

/*
 * All the way to an output: with an honest device, with one that lies, and with
 * one that a host controls.
 */
static void behind_an_instance(void **state)
{
	static struct sb_source source[1] = { SB_VIRTIO_RNG(&rng) };
	uint8_t out[16];

	(void)state;
	fake.hal.sources = source;
	fake.hal.source_count = 1;
	assert_true(fake_ready(&bed) > 0);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	assert_string_equal(fake_report(&bed, 0).name, "virtio-rng");
	device.claim = SB_VIRTIO_RNG_BYTES + 1;
	for (int i = 0; i < 12; i++)
		assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_DEGRADED);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_RETIRED);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	seedbed_wipe(&bed);

	device.claim = SB_VIRTIO_RNG_BYTES;
	fake.distrust = SB_HOST;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	for (int i = 0; i < 12; i++)
		assert_int_equal(seedbed_gather(&bed), SB_EIO);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_DISTRUSTED);
}

/*
 * Without DMA operations: an identity map, coherent. The answer comes within
 * notify.
 */
static void transport_notify_at_once(void *at)
{
	uint64_t address = sb_virtio_le64(*ring_address()) + DEVICE_OFFSET;

	(void)at;
	*ring_address() = sb_virtio_le64(address);
	device.queue.descriptors += DEVICE_OFFSET;
	device.queue.available += DEVICE_OFFSET;
	device.queue.used += DEVICE_OFFSET;
	device_answer();
}

static void without_dma_ops(void **state)
{
	struct sb_virtio_transport direct = transport;

	(void)state;
	direct.notify = transport_notify_at_once;
	rng.transport = &direct;
	rng.dma = NULL;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(read48(), 48);
	bytes_are(48, 1);
}

static void transport_notify_legacy(void *at)
{
	volatile uint8_t *bytes = device_memory(*ring_address());

	(void)at;
	for (uint32_t i = 0; i < SB_VIRTIO_RNG_BYTES; i++)
		bytes[i] = device.byte++;
	*ring_32(RING_USED_ENTRY) = 0;
	*ring_32(RING_USED_ENTRY + 4) = SB_VIRTIO_RNG_BYTES;
	*ring_16(RING_USED_INDEX) = 1;
}

/* The registers are plain memory, so what is written stands there. */
static uint32_t reg[64];

static void reg_set(unsigned offset, uint32_t value)
{
	reg[offset / 4] = sb_virtio_le32(value);
}

static uint32_t reg_get(unsigned offset)
{
	return sb_virtio_le32(reg[offset / 4]);
}

static void mmio_finds(void **state)
{
	static const struct {
		uint32_t magic, version, kind;
		int result;
	} expected[] = { { 0x74726976, 2, 4, SB_OK },     { 0x74726977, 2, 4, SB_ENODEV },
			 { 0x76697274, 2, 4, SB_ENODEV }, { 0x74726976, 1, 4, SB_ENODEV },
			 { 0x74726976, 3, 4, SB_ENODEV }, { 0x74726976, 2, 0, SB_ENODEV },
			 { 0x74726976, 2, 1, SB_ENODEV } };

	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		reg_set(0, expected[i].magic);
		reg_set(4, expected[i].version);
		reg_set(8, expected[i].kind);
		assert_int_equal(sb_virtio_mmio.find(reg, 4), expected[i].result);
	}
}

enum { SLOTS = 5, SLOT_WORDS = 3 };

/* A slot: the version and the device id, or no magic number before them. */
#define SLOT(version, kind) ((version) << 8 | (kind))
#define SLOT_NONE (1 << 16 | SLOT(2, 4))

/* The first registers of each slot: magic, version, device id. */
static void slots_set(const uint32_t *slot)
{
	for (unsigned n = 0; n < SLOTS; n++) {
		reg_set(4 * SLOT_WORDS * n, slot[n] >> 16 ? 0xffffffff : 0x74726976);
		reg_set(4 * SLOT_WORDS * n + 4, slot[n] >> 8 & 255);
		reg_set(4 * SLOT_WORDS * n + 8, slot[n] & 255);
	}
}

static void mmio_slots(void **state)
{
	static const struct {
		uint32_t slot[SLOTS];
		unsigned count;
		int found; /* -1: SB_ENODEV */
	} expected[] = {
		{ { SLOT(2, 4) }, 1, 0 },
		{ { SLOT(1, 4) }, 1, 0 },
		{ { SLOT(2, 0), SLOT(1, 0), SLOT(2, 1), SLOT(2, 4), SLOT(1, 4) }, 5, 3 },
		{ { SLOT(2, 0), SLOT(1, 0), SLOT(2, 1), SLOT(1, 4), SLOT(2, 4) }, 5, 3 },
		{ { SLOT(2, 0), SLOT(2, 0), SLOT(2, 0), SLOT(2, 0), SLOT(2, 4) }, 5, 4 },
		{ { SLOT(2, 0), SLOT(2, 0), SLOT(2, 0), SLOT(2, 0), SLOT(2, 4) }, 4, -1 },
		{ { SLOT(3, 4), SLOT(2, 4) }, 2, 1 },
		{ { SLOT(3, 4) }, 1, -1 },
		{ { SLOT(2, 0), SLOT(2, 0), SLOT_NONE, SLOT(2, 4) }, 5, -1 },
		{ { SLOT_NONE }, 1, -1 },
		{ { SLOT(2, 4) }, 0, -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		static struct sb_virtio_rng_state found;
		int want = expected[i].found;

		found.at = NULL;
		slots_set(expected[i].slot);
		assert_int_equal(sb_virtio_mmio_find(&found, (uintptr_t)reg, 4 * SLOT_WORDS,
						     expected[i].count),
				 want < 0 ? SB_ENODEV : SB_OK);
		assert_ptr_equal(found.at, want < 0 ? NULL : reg + SLOT_WORDS * want);
		if (want >= 0)
			assert_ptr_equal(found.transport, expected[i].slot[want] == SLOT(1, 4)
								  ? &sb_virtio_mmio_legacy
								  : &sb_virtio_mmio);
	}
}

static void mmio_slots_fill_rows(void **state)
{
	static const uint32_t slot[SLOTS] = { SLOT(2, 4), SLOT(2, 1), SLOT(1, 4), SLOT(2, 0),
					      SLOT(2, 4) };
	static struct sb_virtio_rng_state rows[4];

	(void)state;
	slots_set(slot);
	for (unsigned most = 0; most <= 4; most++) {
		unsigned count = most < 3 ? most : 3;

		memset(rows, 0, sizeof rows);
		assert_int_equal(
			sb_virtio_mmio_find_all(rows, most, (uintptr_t)reg, 4 * SLOT_WORDS, SLOTS),
			count);
		for (unsigned i = 0; i < 4; i++)
			assert_ptr_equal(rows[i].at, i < count ? reg + 2 * i * SLOT_WORDS : NULL);
		if (count > 1)
			assert_ptr_equal(rows[1].transport, &sb_virtio_mmio_legacy);
	}
}

static void mmio_registers(void **state)
{
	(void)state;
	memset(reg, 0, sizeof reg);
	sb_virtio_mmio.set_status(reg, 3);
	assert_int_equal(reg_get(0x70), 3);
	assert_int_equal(sb_virtio_mmio.status(reg), 3);
	reg_set(0x10, 0x12345678);
	assert_int_equal(sb_virtio_mmio.offered(reg, 1), 0x12345678);
	assert_int_equal(reg_get(0x14), 1);
	sb_virtio_mmio.accept(reg, 1, 7);
	assert_int_equal(reg_get(0x20), 7);
	assert_int_equal(reg_get(0x24), 1);
	reg_set(0x50, 9);
	sb_virtio_mmio.notify(reg);
	assert_int_equal(reg_get(0x50), 0);
}

static void mmio_queue(void **state)
{
	static const struct sb_virtio_queue queue = { 0x1122334455667788u, 0x99aabbccddeeff00u,
						      0x0123456789abcdefu, 128 };

	(void)state;
	memset(reg, 0, sizeof reg);
	reg_set(0x30, 9);
	reg_set(0x34, 0x10080);
	assert_int_equal(sb_virtio_mmio.queue_size(reg), 0x10080);
	assert_int_equal(reg_get(0x30), 0);
	reg_set(0x30, 9);
	reg_set(0x44, 1);
	assert_int_equal(sb_virtio_mmio.set_queue(reg, &queue), SB_EIO);
	assert_int_equal(reg_get(0x30), 0); /* it looked at that queue */
	reg_set(0x44, 0);
	assert_int_equal(sb_virtio_mmio.set_queue(reg, &queue), SB_OK);
	assert_int_equal(reg_get(0x38), 128);
	assert_int_equal(reg_get(0x44), 1);
	assert_int_equal(reg_get(0x80), 0x55667788);
	assert_int_equal(reg_get(0x84), 0x11223344);
	assert_int_equal(reg_get(0x90), 0xddeeff00u);
	assert_int_equal(reg_get(0x94), 0x99aabbccu);
	assert_int_equal(reg_get(0xa0), 0x89abcdefu);
	assert_int_equal(reg_get(0xa4), 0x01234567);
}

static void mmio_legacy(void **state)
{
	struct sb_virtio_queue queue = { 0x3fffffffc0u, 0, 0, 128 };
	const struct sb_virtio_transport *t = &sb_virtio_mmio_legacy;

	(void)state;
	memset(reg, 0, sizeof reg);
	reg_set(0, 0x74726976);
	reg_set(8, 4);
	for (uint32_t version = 0; version < 4; version++) {
		reg_set(4, version);
		assert_int_equal(t->find(reg, 4), version == 1 ? SB_OK : SB_ENODEV);
	}
	t->set_status(reg, 3);
	assert_int_equal(reg_get(0x70), 3);
	reg_set(0x34, 128);
	reg_set(0x30, 9);
	assert_int_equal(t->queue_size(reg), 128);
	assert_int_equal(reg_get(0x30), 0);
	reg_set(0x30, 9);
	assert_int_equal(t->set_queue(reg, &queue), SB_OK);
	assert_int_equal(reg_get(0x30), 0);
	assert_int_equal(reg_get(0x28), 64);
	assert_int_equal(reg_get(0x38), 128);
	assert_int_equal(reg_get(0x3c), 64);
	assert_int_equal(reg_get(0x40), 0xffffffffu);
	assert_int_equal(t->set_queue(reg, &queue), SB_EIO); /* in use */
	reg_set(0x40, 0);
	queue.descriptors += 64; /* no such page number */
	assert_int_equal(t->set_queue(reg, &queue), SB_EUNFIT);
	queue.descriptors = 0x1020;
	assert_int_equal(t->set_queue(reg, &queue), SB_EUNFIT);
}

/*
 * One transport over MMIO and a device with `size` descriptors of its own. It
 * ignores QueueNum.
 */
static int mmio_device(const struct sb_virtio_transport *t, uint32_t size,
		       struct sb_virtio_pages *pages)
{
	int legacy = t == &sb_virtio_mmio_legacy, result;

	memset(reg, 0, sizeof reg);
	memset(&ring_device, 0, sizeof ring_device);
	memset(&rng, 0, sizeof rng);
	reg_set(0, 0x74726976);
	reg_set(4, legacy ? 1 : 2);
	reg_set(8, 4);
	reg_set(0x10, SB_VIRTIO_1_VERSION);
	reg_set(0x34, size);
	ring_device.rng = &rng;
	ring_device.size = (uint16_t)size;
	rng.transport = t;
	rng.at = reg;
	rng.dma = &ring_device_dma;
	rng.pages = pages;
	result = sb_virtio_rng.probe(&rng);
	if (legacy) {
		uint64_t align = reg_get(0x3c);

		ring_device.descriptors = (uint64_t)reg_get(0x40) * reg_get(0x28);
		ring_device.available = ring_device.descriptors + 16u * size;
		ring_device.used =
			(ring_device.available + 6 + 2u * size + align - 1) & ~(align - 1);
	} else {
		ring_device.descriptors = reg_get(0x80) | (uint64_t)reg_get(0x84) << 32;
		ring_device.available = reg_get(0x90) | (uint64_t)reg_get(0x94) << 32;
		ring_device.used = reg_get(0xa0) | (uint64_t)reg_get(0xa4) << 32;
	}
	return result;
}

static void a_device_that_ignores_the_queue_size(void **state)
{
	static const struct sb_virtio_transport *const transports[] = { &sb_virtio_mmio,
									&sb_virtio_mmio_legacy };
	static const uint32_t sizes[] = { 1, 2, 8, 128, 256, 512, 1024 };
	static struct sb_virtio_pages pages;

	(void)state;
	for (size_t t = 0; t < 2; t++)
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			int small = sizes[i] <= 256;

			assert_int_equal(mmio_device(transports[t], sizes[i], NULL),
					 small ? SB_OK : SB_EUNFIT);
			if (small)
				ring_device_goes_round(&rng);
			assert_int_equal(mmio_device(transports[t], sizes[i], &pages), SB_OK);
			ring_device_goes_round(&rng);
			assert_int_equal(reg_get(0x38), sizes[i]);
		}
}

/* What no memory of ours holds is refused, and never cut to what it holds. */
static void queue_sizes_that_cannot_be(void **state)
{
	static const uint32_t sizes[] = { 0,      3,       255,     257,         1023,       2048,
					  0x8000, 0x10000, 0x10080, 0x80000000u, 0xffffffffu };
	static struct sb_virtio_pages pages;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		assert_int_equal(mmio_device(&sb_virtio_mmio, sizes[i], NULL), SB_EUNFIT);
		assert_int_equal(mmio_device(&sb_virtio_mmio_legacy, sizes[i], &pages), SB_EUNFIT);
		assert_int_equal(reg_get(0x40), 0);
	}
}

static uint64_t address_apart(const volatile void *at)
{
	uint64_t address = ring_device_address(at);

	return address + (address >= RING_DEVICE_BASE + 4096 ? 4096 : 0);
}

/* For the device the second page of the queue is elsewhere. */
static void a_queue_in_two_pieces(void **state)
{
	struct sb_dma apart = { address_apart, NULL, NULL, 0 };

	(void)state;
	assert_int_equal(mmio_device(&sb_virtio_mmio, 8, NULL), SB_OK);
	stop();
	reg_set(0x44, 0);
	rng.dma = &apart;
	assert_int_equal(probe(), SB_OK);
	stop();
	reg_set(0x34, 256);
	reg_set(0x44, 0);
	assert_int_equal(probe(), SB_EUNFIT);
	assert_int_equal(reg_get(0x44), 0);
}

/*
 * A legacy device has neither features nor FEATURES_OK. Its ring is in the
 * CPU's own byte order.
 */
static void legacy_device(void **state)
{
	struct sb_virtio_transport legacy = transport;

	(void)state;
	legacy.legacy = 64;
	rng.transport = &legacy;
	device.offered[1] = 0;
	device.kept = (uint8_t)~SB_VIRTIO_FEATURES_OK;
	legacy.notify = transport_notify_legacy;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(device.status, 1 | 2 | 4);
	assert_int_equal(device.accepted[0], 0);
	assert_int_equal(*ring_32(RING_LENGTH), SB_VIRTIO_RNG_BYTES);
	assert_int_equal(*ring_16(RING_FLAGS), 2);
	assert_int_equal(device.queue.used, device.queue.descriptors + 192);
	assert_int_equal(read48(), 48);
	bytes_are(48, 1);
	assert_int_equal(*ring_16(RING_AVAIL_INDEX), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_DEVICE(answers_arrive_whole_and_once),
					    ON_DEVICE(short_answers_are_used_exactly),
					    ON_DEVICE(lengths_that_cannot_be),
					    ON_DEVICE(answers_to_nobody),
					    ON_DEVICE(index_runs_away),
					    ON_DEVICE(index_wraps),
					    ON_DEVICE(
						    silence_is_bounded_and_late_answers_are_taken),
					    ON_DEVICE(late_write_after_a_stop_is_not_seen),
					    ON_DEVICE(unconfirmed_reset_is_quarantine),
					    ON_DEVICE(reset_that_is_not_confirmed_at_first),
					    ON_DEVICE(sick_device),
					    ON_DEVICE(claims_more_than_it_wrote),
					    ON_DEVICE(features),
					    ON_DEVICE(refusals_in_probe),
					    ON_DEVICE(the_steps_of_a_start),
					    ON_DEVICE(a_start_that_fails),
					    ON_DEVICE(a_reset_is_asked_so_often),
					    ON_DEVICE(a_restart_of_a_broken_device),
					    ON_DEVICE(what_the_row_says),
					    ON_DEVICE(found_and_out_of_reach),
					    ON_DEVICE(stop_wipes),
					    ON_DEVICE(an_answer_of_no_bytes),
					    ON_DEVICE(starting_over_keeps_the_queue),
					    ON_DEVICE(an_answer_from_before_is_discarded),
					    ON_DEVICE(a_discarded_answer_is_wiped),
					    ON_DEVICE(a_broken_rule_at_the_end_of_the_bound),
					    ON_DEVICE(a_broken_device_is_reset_first),
					    ON_DEVICE(silence_after_starting_over_is_bounded),
					    ON_DEVICE(a_broken_rule_is_followed_by_a_reset),
					    ON_DEVICE(a_device_that_cannot_be_reset),
					    ON_DEVICE(a_reset_that_leaves_the_queue),
					    ON_DEVICE(what_a_wipe_gives_back),
					    ON_DEVICE(silent_for_good),
					    ON_DEVICE(behind_an_instance),
					    ON_DEVICE(without_dma_ops),
					    ON_DEVICE(mmio_finds),
					    ON_DEVICE(mmio_slots_fill_rows),
					    ON_DEVICE(mmio_slots),
					    ON_DEVICE(mmio_registers),
					    ON_DEVICE(mmio_queue),
					    ON_DEVICE(mmio_legacy),
					    ON_DEVICE(a_device_that_ignores_the_queue_size),
					    ON_DEVICE(queue_sizes_that_cannot_be),
					    ON_DEVICE(a_queue_in_two_pieces),
					    ON_DEVICE(legacy_device) };

	return cmocka_run_group_tests_name("virtio", tests, NULL, NULL);
}
