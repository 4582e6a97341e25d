/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory of a queue on a big-endian CPU whose caches the device does not
 * see. Each range that is cleaned or invalidated, and each barrier, is in a
 * log. Needs hal/virtio/virtio_ring.c.
 */
#include "io.h"
#include "user.h"
#include "virtio_ring.h"

enum { TO_DEVICE = 'd', TO_CPU = 'c', PUBLISH = 'p', ACQUIRE = 'a', RELAX = 'r' };

static struct {
	char what;
	uintptr_t at;
	size_t len;
	uint16_t index;      /* of the available ring, at that time */
	uint8_t first, last; /* of `bytes` */
} event[32];
static unsigned events, looks, answer_after;

static struct sb_virtio_rng_state rng;
static struct sb_virtio_pages pages;
static struct sb_virtio_queue queue;
static uint32_t queue_size, align;
static int set_result, sets;

int user_trap(const struct user_cpu *cpu)
{
	(void)cpu;
	return 0;
}

static volatile uint8_t *memory(void)
{
	return rng.pages ? (volatile uint8_t *)&pages : (volatile uint8_t *)&rng.ring;
}

/* In the device's order: little-endian, or in that of a legacy guest. */
static uint64_t field(uint32_t at, unsigned len)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < len; i++)
		value = value << 8 | memory()[at + (align ? i : len - 1 - i)];
	return value;
}

static void field_set(uint32_t at, unsigned len, uint64_t value)
{
	for (unsigned i = 0; i < len; i++)
		memory()[at + (align ? len - 1 - i : i)] = (uint8_t)(value >> 8 * i);
}

static uint32_t avail(void)
{
	return 16 * queue_size;
}

static void happened(char what, const volatile void *at, size_t len)
{
	if (events == 32)
		return;
	event[events].what = what;
	event[events].at = (uintptr_t)at;
	event[events].len = len;
	event[events].index = (uint16_t)field(avail() + 2, 2);
	event[events].first = rng.bytes[0];
	event[events++].last = rng.bytes[SB_VIRTIO_RNG_BYTES - 1];
}

static void to_device(const volatile void *at, size_t len)
{
	happened(TO_DEVICE, at, len);
}

static void to_cpu(const volatile void *at, size_t len)
{
	looks++;
	happened(TO_CPU, at, len);
	if (looks == answer_after)
		field_set(rng.used_at + 2, 2, field(rng.used_at + 2, 2) + 1);
}

void watched_publish(void)
{
	happened(PUBLISH, NULL, 0);
}

void watched_acquire(void)
{
	happened(ACQUIRE, NULL, 0);
}

void watched_relax(void)
{
	happened(RELAX, NULL, 0);
}

static const struct sb_dma caches = { NULL, to_device, to_cpu, 0 };
static const struct sb_dma nothing = { NULL, NULL, NULL, 0 };

static uint32_t transport_queue_size(void *at)
{
	CHECK(at == &queue);
	return queue_size;
}

static int transport_set_queue(void *at, const struct sb_virtio_queue *given)
{
	CHECK(at == &queue);
	sets++;
	queue = *given;
	return set_result;
}

static int set(uint32_t size, uint32_t legacy, int paged, const struct sb_dma *dma)
{
	static struct sb_virtio_transport transport = { .queue_size = transport_queue_size,
							.set_queue = transport_set_queue };

	transport.legacy = align = legacy;
	queue_size = size;
	events = looks = answer_after = 0;
	rng.transport = &transport;
	rng.at = &queue;
	rng.dma = dma;
	rng.pages = paged ? &pages : NULL;
	rng.seen = 0;
	return sb_virtio_ring_set(&rng);
}

static int logged(unsigned n, char what, const volatile void *at, size_t len, uint16_t index)
{
	return n < events && event[n].what == what && event[n].at == (uintptr_t)at &&
	       event[n].len == len && event[n].index == index;
}

/* Section 2.7: where each part is, and what it holds. All else is zeros, though
   the memory held something else. */
static void laid_out(uint32_t size, uint32_t legacy, int paged)
{
	uint32_t round = legacy ? legacy : 64, end = 18 * size + 6;
	uint32_t used = (end + round - 1) / round * round;
	uintptr_t base;

	memset(&rng, 0xff, sizeof rng);
	memset(&pages, 0xff, sizeof pages);
	set_result = SB_OK;
	CHECK(set(size, legacy, paged, &caches) == SB_OK);
	base = (uintptr_t)memory();
	CHECK(rng.size == size && rng.used_at == used);
	CHECK(queue.size == size && queue.descriptors == base);
	CHECK(queue.available == base + 16 * size && queue.used == base + used);
	CHECK(field(0, 8) == (uintptr_t)rng.bytes);
	CHECK(field(8, 4) == SB_VIRTIO_RNG_BYTES && field(12, 2) == 2);
	CHECK(field(16 * size, 2) == 1); /* no interrupts */
	memory()[16 * size] = memory()[16 * size + 1] = 0;
	for (uint32_t i = 14; i < used + 6 + 8 * size; i++)
		CHECK(memory()[i] == 0);
	CHECK(memory()[used + 6 + 8 * size] == 0xff);
	CHECK(events == 2);
	CHECK(logged(0, TO_DEVICE, memory(), used + 6 + 8 * size, 0));
	CHECK(logged(1, PUBLISH, NULL, 0, 0));
}

static void each_layout(void)
{
	for (uint32_t size = 1; size <= 1024; size *= 2) {
		laid_out(size, 0, 1);
		laid_out(size, 64, 1);
		laid_out(size, 4096, 1);
		if (size <= 256) {
			laid_out(size, 0, 0);
			laid_out(size, 64, 0);
		}
	}
}

static void refused(uint32_t size, uint32_t legacy, int paged)
{
	sets = 0;
	CHECK(set(8, 0, paged, &caches) == SB_OK && sets == 1 && rng.base);
	CHECK(set(size, legacy, paged, &caches) == SB_EUNFIT && sets == 1);
	CHECK(events == 0);
	CHECK(!rng.base); /* there is no queue, so forgetting clears none */
	queue_size = 8;
	memset(&pages, 0xff, sizeof pages);
	memset((void *)(uintptr_t)&rng.ring, 0xff, sizeof rng.ring);
	sb_virtio_ring_forget(&rng);
	CHECK(memory()[0] == 0xff);
}

static void what_does_not_fit(void)
{
	static const uint32_t sizes[] = {
		0, 3, 255, 768, 1023, 2048, 0x8000, 0x10000, 0x80000000u
	};

	for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		refused(sizes[i], 0, 0);
		refused(sizes[i], 0, 1);
		refused(sizes[i], 4096, 1);
	}
	refused(512, 0, 0);
	refused(8, 4096, 0); /* no page begins there */
	set_result = SB_EIO;
	CHECK(set(8, 0, 0, &caches) == SB_EIO);
}

static uint64_t apart;

static uint64_t address(const volatile void *at)
{
	uintptr_t offset = (uintptr_t)at - (uintptr_t)&rng.ring;

	return offset >= apart && offset < sizeof rng.ring ? 0x500000000u + offset
							   : 0x400000000u + offset;
}

/* The queue is where the device's addresses are one after the other. */
static void one_piece_for_the_device(void)
{
	static const struct sb_dma elsewhere = { address, NULL, NULL, 0 };

	set_result = SB_OK;
	apart = UINT64_MAX;
	CHECK(set(8, 0, 0, &elsewhere) == SB_OK);
	CHECK(queue.descriptors == 0x400000000u && queue.used == 0x400000000u + rng.used_at);
	CHECK(field(0, 8) == 0x400000000u + (uintptr_t)rng.bytes - (uintptr_t)&rng.ring);
	for (apart = 64; apart < 512; apart += 64)
		CHECK(set(8, 0, 0, &elsewhere) == (apart < 320 ? SB_EUNFIT : SB_OK));
}

/* What the device reads is cleaned before it is told, and what it wrote is
   invalidated before it is read. */
static void a_request(uint32_t size, uint16_t n)
{
	volatile uint8_t *used = memory() + rng.used_at;
	uint32_t entry = rng.used_at + 4 + 8 * (n % size), id = 7, length = 7;

	events = looks = 0;
	memset((void *)(uintptr_t)rng.bytes, 0x77, sizeof rng.bytes);
	sb_virtio_ring_ask(&rng);
	CHECK(events == 4);
	CHECK(logged(0, TO_DEVICE, rng.bytes, SB_VIRTIO_RNG_BYTES, n));
	CHECK(event[0].first == 0 && event[0].last == 0);
	CHECK(logged(1, PUBLISH, NULL, 0, n));
	CHECK(logged(2, TO_DEVICE, memory() + 16 * size + 2, 2, (uint16_t)(n + 1)));
	CHECK(logged(3, PUBLISH, NULL, 0, (uint16_t)(n + 1)));
	CHECK(field(16 * size + 4 + 2 * (n % size), 2) == 0);

	events = looks = 0;
	answer_after = 3;
	CHECK(sb_virtio_ring_poll(&rng) == 1);
	CHECK(events == 9 && looks == 3);
	for (unsigned i = 0; i < 9; i += 3) {
		CHECK(event[i].what == RELAX && event[i + 1].what == ACQUIRE);
		CHECK(logged(i + 2, TO_CPU, used, 4, (uint16_t)(n + 1)));
	}
	field_set(entry, 4, 0x01020304);
	field_set(entry + 4, 4, 0x05060708);
	events = 0;
	sb_virtio_ring_answer(&rng, &id, &length);
	CHECK(id == 0x01020304 && length == 0x05060708);
	CHECK(events == 4 && event[0].what == ACQUIRE && event[2].what == ACQUIRE);
	CHECK(logged(1, TO_CPU, memory() + entry, 8, (uint16_t)(n + 1)));
	CHECK(logged(3, TO_CPU, rng.bytes, SB_VIRTIO_RNG_BYTES, (uint16_t)(n + 1)));
	rng.seen++;
}

static void requests_round_the_ring(void)
{
	static const uint32_t legacy[] = { 0, 64, 4096 };

	for (unsigned i = 0; i < 3; i++)
		for (uint32_t size = 1; size <= 64; size *= 4) {
			CHECK(set(size, legacy[i], legacy[i] == 4096, &caches) == SB_OK);
			for (uint16_t n = 0; n < 2 * size + 3; n++)
				a_request(size, n);
			rng.seen = 0xffff; /* and over the end of the counter */
			field_set(avail() + 2, 2, 0xffff);
			field_set(rng.used_at + 2, 2, 0xffff);
			a_request(size, 0xffff);
			a_request(size, 0);
		}
}

static void silence_is_polled_so_often(void)
{
	CHECK(set(8, 0, 0, &caches) == SB_OK);
	looks = 0;
	CHECK(sb_virtio_ring_poll(&rng) == 0);
	CHECK(looks == SB_VIRTIO_RNG_POLLS);
	looks = 0;
	answer_after = SB_VIRTIO_RNG_POLLS;
	CHECK(sb_virtio_ring_poll(&rng) == 1);
	CHECK(looks == SB_VIRTIO_RNG_POLLS);
	field_set(rng.used_at + 2, 2, 0x8000);
	CHECK(sb_virtio_ring_poll(&rng) == 0x8000);
}

static void all_is_forgotten(void)
{
	uint32_t end;

	CHECK(set(8, 0, 0, &caches) == SB_OK);
	end = rng.used_at + 6 + 64;
	memset((void *)(uintptr_t)&rng.ring, 0xff, sizeof rng.ring);
	memset((void *)(uintptr_t)rng.bytes, 0xff, sizeof rng.bytes);
	events = 0;
	sb_virtio_ring_forget(&rng);
	for (uint32_t i = 0; i < end; i++)
		CHECK(memory()[i] == 0);
	CHECK(memory()[end] == 0xff);
	CHECK(events == 2 && event[0].first == 0 && event[0].last == 0);
	CHECK(logged(0, TO_DEVICE, rng.bytes, SB_VIRTIO_RNG_BYTES, 0));
	CHECK(logged(1, PUBLISH, NULL, 0, 0));
}

/* No function at all, or one that does nothing: the barriers stay. */
static void coherent(const struct sb_dma *dma)
{
	uint32_t id, length;

	CHECK(set(8, 0, 0, dma) == SB_OK);
	CHECK(queue.descriptors == (uintptr_t)&rng.ring);
	CHECK(events == 1 && event[0].what == PUBLISH);
	sb_virtio_ring_ask(&rng);
	CHECK(events == 3);
	sb_virtio_ring_answer(&rng, &id, &length);
	CHECK(events == 5 && event[4].what == ACQUIRE);
}

static void coherent_memory(void)
{
	coherent(NULL);
	coherent(&nothing);
}

void user_main(void)
{
	RUN(each_layout);
	RUN(what_does_not_fit);
	RUN(one_piece_for_the_device);
	RUN(requests_round_the_ring);
	RUN(silence_is_polled_so_often);
	RUN(all_is_forgotten);
	RUN(coherent_memory);
}
