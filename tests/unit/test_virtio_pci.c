/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI, and virtio over it, against a function whose every register lies. Needs
 * hal/bus/pci.c and hal/virtio/virtio_*.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "little.h"
#include "ring_device.h"
#include "sb_virtio_pci.h"

#define WHERE SB_PCI_FUNCTION(0, 3, 0)
/* The CPU must not use this as an address. The memory is elsewhere. */
#define WINDOW 0xfe000000u
#define PORT 0xc100u

/* One function, and its answers. bars: the address bits that it decodes. */
static struct {
	uint32_t config[64], bars[6];
	unsigned reads, writes;
	int decoding_while_sized;
	uint64_t window; /* where a BAR may lie on this board */
	uint8_t memory[0x8000] __attribute__((aligned(64)));
	uint8_t ports[32];
	int lost;                 /* the address of a queue does not stay */
	int stuck;                /* a reset is never confirmed */
	unsigned changes, before; /* this word is all-ones after so many readings */
	uint16_t served, step;
	uint32_t command;            /* as it was written last, with the status half */
	uint32_t port, width, value; /* of the last access */
} function;

#define PAGES 0x200000u /* what the device calls the pages, as a page number has 32 bits */

static struct sb_virtio_pci at;
static struct sb_virtio_pages pages;
static struct sb_virtio_rng_state rng;
static uint8_t buf[64];

static uint32_t pci_read(const struct sb_pci *self, uint32_t who, uint32_t offset)
{
	(void)self;
	assert_true(offset % 4 == 0 && offset < 256);
	function.reads++;
	if (function.changes && offset == function.changes && !function.before--)
		return 0xffffffffu;
	return who == WHERE ? function.config[offset / 4] : 0xffffffffu;
}

static void pci_write(const struct sb_pci *self, uint32_t who, uint32_t offset, uint32_t value)
{
	(void)self;
	assert_int_equal(who, WHERE);
	function.writes++;
	if (offset == 4)
		function.command = value;
	if (offset >= 0x10 && offset < 0x28) {
		uint32_t fixed =
			function.config[offset / 4] & (function.config[offset / 4] & 1 ? 3 : 15);

		if (function.config[1] & 3)
			function.decoding_while_sized = 1;
		if (offset > 0x10 && (function.config[offset / 4 - 1] & 7) == 4)
			fixed = 0;
		function.config[offset / 4] = (value & function.bars[offset / 4 - 4]) | fixed;
	} else {
		function.config[offset / 4] =
			value | (offset == 4 ? function.config[1] & 0xffff0000 : 0);
	}
}

static void *pci_map(const struct sb_pci *self, uint64_t address, uint64_t size)
{
	(void)self;
	if (address < function.window || address + size > function.window + sizeof function.memory)
		return NULL;
	return function.memory + (address - function.window);
}

/* A legacy ring has the order of the guest. */
static uint64_t pages_get(uint32_t offset, size_t len)
{
	return guest_get((volatile uint8_t *)&pages + offset, len);
}

static void pages_put(uint32_t offset, size_t len, uint64_t value)
{
	guest_put((volatile uint8_t *)&pages + offset, len, value);
}

/* The legacy device. A ring holds eight requests, and it is served at once. */
static void legacy_serve(void)
{
	uint16_t size = (uint16_t)little_get(function.ports + 0x0c, 2);
	uint32_t avail = 16u * size, used = (avail + 6 + 2u * size + 4095) / 4096 * 4096;
	uint32_t slot = function.served % size;
	volatile uint8_t *bytes = (volatile uint8_t *)(uintptr_t)pages_get(0, 8);

	assert_int_equal(pages_get(avail + 2, 2), (uint16_t)(function.served + 1));
	assert_int_equal(pages_get(avail + 4 + 2 * slot, 2), 0);
	for (unsigned i = 0; i < SB_VIRTIO_RNG_BYTES; i++)
		bytes[i] = (uint8_t)(function.served * SB_VIRTIO_RNG_BYTES + i);
	pages_put(used + 4 + 8 * slot, 4, 0);
	pages_put(used + 8 + 8 * slot, 4, 44 + function.served % 4u);
	function.served = (uint16_t)(function.served + function.step);
	pages_put(used + 2, 2, function.served);
}

static uint32_t pci_in(const struct sb_pci *self, uint32_t port, unsigned width)
{
	uint32_t value;

	(void)self;
	function.port = port - PORT;
	function.width = width;
	assert_true(port >= PORT && port + width <= PORT + 20 && (port - PORT) % width == 0);
	value = (uint32_t)little_get(function.ports + (port - PORT), width);
	return function.lost && port == PORT + 8 ? 0 : value;
}

static void pci_out(const struct sb_pci *self, uint32_t port, unsigned width, uint32_t value)
{
	(void)self;
	function.port = port - PORT;
	function.width = width;
	function.value = value;
	assert_true(port >= PORT && port + width <= PORT + 20 && port != PORT &&
		    port != PORT + 0x0c);
	if (port == PORT + 0x12 && value == 0) {
		if (function.stuck)
			return;
		memset(function.ports + 8, 0, 4);
		function.served = 0;
	}
	little_put(function.ports + (port - PORT), width, value);
	if (port == PORT + 0x10)
		legacy_serve();
}

static struct sb_pci pci = {
	.read = pci_read, .write = pci_write, .map = pci_map, .in = pci_in, .out = pci_out
};

static uint64_t near_address(const volatile void *place)
{
	uintptr_t offset = (uintptr_t)place - (uintptr_t)&pages;

	return offset < sizeof pages ? PAGES + offset : (uintptr_t)place;
}

static uint64_t high_address(const volatile void *place)
{
	return (uintptr_t)place + (1ull << 45);
}

static uint64_t odd_address(const volatile void *place)
{
	return near_address(place) + 2048;
}

static uint64_t apart_address(const volatile void *place)
{
	uintptr_t offset = (uintptr_t)place - (uintptr_t)&pages;

	return near_address(place) + (offset >= 4096 && offset < sizeof pages ? 0x700000 : 0);
}

static struct sb_dma dma = { near_address, NULL, NULL, 0 };

static void capability(unsigned offset, unsigned next, unsigned length, unsigned type, unsigned bar,
		       uint32_t from, uint32_t size)
{
	function.config[offset / 4] = 0x09 | next << 8 | length << 16 | (uint32_t)type << 24;
	function.config[offset / 4 + 1] = bar;
	function.config[offset / 4 + 2] = from;
	function.config[offset / 4 + 3] = size;
}

/*
 * As QEMU lays out a transitional device: BAR 0 has ports, BAR 4 has memory of
 * 64 bits.
 */
static int pci_setup(void **state)
{
	memset(&function, 0, sizeof function);
	memset(&at, 0, sizeof at);
	memset((void *)(uintptr_t)&pages, 0, sizeof pages);
	memset(&rng, 0, sizeof rng);
	function.window = WINDOW;
	dma.address = near_address;
	function.step = 1;
	function.config[0] = 0x10051af4;
	function.config[1] = 0x00100003;
	function.config[4] = PORT | 1;
	function.bars[0] = 0xffffffe0u;
	function.config[8] = WINDOW | 12;
	function.bars[4] = 0xffffc000u;
	function.bars[5] = 0xffffffffu;
	function.config[0x2c / 4] = 0x00041af4;
	function.config[0x34 / 4] = 0x40;
	capability(0x40, 0x54, 16, 1, 4, 0x0000, 0x1000);
	capability(0x54, 0x68, 16, 3, 4, 0x1000, 0x1000);
	capability(0x68, 0x00, 20, 2, 4, 0x3000, 0x1000);
	function.config[0x78 / 4] = 4;
	little_put(function.memory + 0x18, 2, 8);
	little_put(function.memory + 0x1e, 2, 3);
	function.ports[0x0c] = 8;
	rng.transport = &sb_virtio_pci_legacy;
	rng.at = &at;
	rng.dma = &dma;
	rng.pages = &pages;
	return fake_setup(state);
}
#define ON_PCI(test) cmocka_unit_test_setup(test, pci_setup)

static int opened_modern(void)
{
	const struct sb_virtio_transport *transport = sb_virtio_pci_open(&at, &pci, WHERE);

	assert_true(transport == &sb_virtio_pci_modern || transport == &sb_virtio_pci_legacy ||
		    !transport);
	return transport == &sb_virtio_pci_modern;
}

static int wanted(const struct sb_pci *p, uint32_t who)
{
	return sb_virtio_pci_is_entropy(p, who);
}

/*
 * A whole machine for sb_pci_find: the identity and the header of each
 * function. It has 16 buses.
 */
static uint32_t tree_id[4096], tree_header[4096];
static uint32_t tree_read(const struct sb_pci *self, uint32_t who, uint32_t offset)
{
	(void)self;
	function.reads++;
	if (who >= 4096)
		return offset == 0 ? 0xffffffffu : 0;
	return offset == 0    ? tree_id[who] ? tree_id[who] : 0xffffffffu
	       : offset == 12 ? tree_header[who]
	       : offset == 44 ? 0x00041af4
			      : 0;
}

static void tree_write(const struct sb_pci *self, uint32_t who, uint32_t offset, uint32_t value)
{
	(void)self;
	(void)who;
	(void)offset;
	(void)value;
}

static struct sb_pci tree = { .read = tree_read, .write = tree_write, .last = 255 };

static void finding(void **state)
{
	(void)state;
	memset(tree_id, 0, sizeof tree_id);
	memset(tree_header, 0, sizeof tree_header);
	tree.first = 0;
	tree.last = 255;
	assert_int_equal(sb_pci_find(&tree, 0, wanted), SB_PCI_NOWHERE);
	assert_int_equal(function.reads, 8192); /* one for each slot */
	tree_id[0] = tree_id[SB_PCI_FUNCTION(0, 2, 0)] = 0x12378086;
	tree_id[SB_PCI_FUNCTION(0, 2, 3)] =
		0x10441af4; /* of a device that says it has one function */
	assert_int_equal(sb_pci_find(&tree, 0, wanted), SB_PCI_NOWHERE);
	assert_int_equal(sb_pci_find(&tree, SB_PCI_FUNCTION(0, 2, 1), wanted), SB_PCI_NOWHERE);
	tree_header[SB_PCI_FUNCTION(0, 2, 0)] = 0x800000;
	assert_int_equal(sb_pci_find(&tree, 0, wanted), SB_PCI_FUNCTION(0, 2, 3));
	assert_int_equal(sb_pci_find(&tree, SB_PCI_FUNCTION(0, 2, 3), wanted),
			 SB_PCI_FUNCTION(0, 2, 3));
	/* of a root, or behind a bridge: it is all the same */
	tree_id[SB_PCI_FUNCTION(7, 31, 0)] = 0x10051af4;
	assert_int_equal(sb_pci_find(&tree, SB_PCI_FUNCTION(0, 2, 4), wanted),
			 SB_PCI_FUNCTION(7, 31, 0));
	assert_int_equal(sb_pci_find(&tree, SB_PCI_FUNCTION(7, 31, 1), wanted), SB_PCI_NOWHERE);
	tree.last = 6;
	assert_int_equal(sb_pci_find(&tree, SB_PCI_FUNCTION(0, 2, 4), wanted), SB_PCI_NOWHERE);
	tree.first = 7;
	tree.last = 7;
	assert_int_equal(sb_pci_find(&tree, 0, wanted), SB_PCI_FUNCTION(7, 31, 0));
}

static void nobody_answers(void **state)
{
	static const struct {
		uint32_t id;
		int nobody;
	} ids[] = { { 0xffffffffu, 1 }, { 0x1234ffffu, 1 }, { 0, 1 },         { 0x12340000, 1 },
		    { 0x00000001, 0 },  { 0xfffffffeu, 0 }, { 0x0000fffe, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		function.config[0] = ids[i].id;
		assert_int_equal(sb_pci_nobody(&pci, WHERE), ids[i].nobody);
	}
}

/* A search that goes on reads nothing of what was searched. */
static void finding_goes_on(void **state)
{
	(void)state;
	memset(tree_id, 0, sizeof tree_id);
	memset(tree_header, 0, sizeof tree_header);
	tree.first = 2;
	tree.last = 3;
	for (uint32_t from = SB_PCI_FUNCTION(2, 0, 0); from <= SB_PCI_FUNCTION(3, 31, 7); from++) {
		function.reads = 0;
		assert_int_equal(sb_pci_find(&tree, from, wanted), SB_PCI_NOWHERE);
		assert_int_equal(function.reads, 64 - (from - 512) / 8);
	}
	function.reads = 0;
	assert_int_equal(sb_pci_find(&tree, SB_PCI_FUNCTION(4, 0, 0), wanted), SB_PCI_NOWHERE);
	assert_int_equal(function.reads, 0);
}

static uint32_t behind; /* what is behind an IOMMU */
static int behind_iommu(const struct sb_pci *self, uint32_t who)
{
	(void)self;
	return who == behind;
}

static void as_many_as_there_are_rows(void **state)
{
	struct sb_virtio_rng_state rows[4];
	struct sb_virtio_pci where[4];

	(void)state;
	memset(tree_id, 0, sizeof tree_id);
	memset(tree_header, 0, sizeof tree_header);
	memset(rows, 0, sizeof rows);
	tree.first = 0;
	tree.last = 255;
	tree.iommu = NULL;
	tree_id[SB_PCI_FUNCTION(0, 2, 0)] = 0x10441af4;
	tree_id[SB_PCI_FUNCTION(0, 2, 1)] = 0x10441af4;
	tree_header[SB_PCI_FUNCTION(0, 2, 0)] = 0x800000;
	tree_id[SB_PCI_FUNCTION(9, 0, 0)] = 0x10051af4;
	assert_int_equal(sb_virtio_pci_find(&tree, rows, where, 0), 0);
	tree_id[0] = 0x10441af4; /* the first of all */
	assert_int_equal(sb_virtio_pci_find(&tree, rows, where, 1), 1);
	assert_int_equal(where[0].function, 0);
	tree_id[0] = 0;
	memset(rows, 0, sizeof rows);
	assert_int_equal(sb_virtio_pci_find(&tree, rows, where, 2), 2);
	assert_null(rows[2].at);
	behind = SB_PCI_FUNCTION(0, 2, 1);
	tree.iommu = behind_iommu;
	assert_int_equal(sb_virtio_pci_find(&tree, rows, where, 4), 3);
	assert_int_equal(where[0].function, SB_PCI_FUNCTION(0, 2, 0));
	assert_int_equal(where[1].function, SB_PCI_FUNCTION(0, 2, 1));
	assert_int_equal(where[2].function, SB_PCI_FUNCTION(9, 0, 0));
	assert_true(!rows[0].iommu && rows[1].iommu && !rows[2].iommu);
	/* their registers are nowhere */
	assert_true(rows[2].at && !rows[2].transport && !rows[3].at);
	assert_int_equal(sb_virtio_rng.probe(&rows[2]), SB_EUNFIT);
	assert_int_equal(sb_virtio_rng.probe(&rows[3]), SB_ENODEV);
	rows[3].unseen = 1;
	assert_int_equal(sb_virtio_rng.probe(&rows[3]), SB_EUNSEEN);
}

static void identity(void **state)
{
	static const struct {
		uint32_t id, subsystem;
		int entropy;
	} ids[] = { { 0x10051af4, 0x00041af4, 1 },  { 0x10441af4, 0, 1 },
		    { 0x10001af4, 0x00041af4, 1 },  { 0x10051af4, 0x00011af4, 0 },
		    { 0x10411af4, 0x00041af4, 0 },  { 0x10448086, 0x00041af4, 0 },
		    { 0x103f1af4, 0x00041af4, 1 },  { 0x10401af4, 0x00041af4, 0 },
		    { 0x0fff1af4, 0x00041af4, 0 },  { 0x10441af5, 0x00041af4, 0 },
		    { 0xffffffffu, 0xffffffffu, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		function.config[0] = ids[i].id;
		function.config[0x2c / 4] = ids[i].subsystem;
		assert_int_equal(wanted(&pci, WHERE), ids[i].entropy);
	}
}

static void bars(void **state)
{
	struct sb_pci_bar bar[6];

	(void)state;
	function.config[5] = 0xfebff000; /* 32 bits, 4 KiB */
	function.bars[1] = 0xfffff000u;
	function.config[6] = 0xfe300000; /* not aligned to its size */
	function.bars[2] = 0xffe00000u;
	function.config[7] = 0xfe400000; /* bits are missing in the middle: no power of two */
	function.bars[3] = 0xff400000u;
	sb_pci_bars(&pci, WHERE, bar);
	assert_true(bar[0].port && bar[0].address == PORT && bar[0].size == 32);
	assert_true(!bar[1].port && bar[1].address == 0xfebff000 && bar[1].size == 4096);
	assert_true(bar[2].size == 0 && bar[3].size == 0);
	assert_true(!bar[4].port && bar[4].address == WINDOW && bar[4].size == 0x4000 &&
		    bar[5].size == 0);
	assert_false(function.decoding_while_sized);
	assert_int_equal(function.config[1], 0x00100003);
	assert_int_equal(function.config[4], PORT | 1);
	assert_int_equal(function.config[8], WINDOW | 12);
	function.config[9] = 0x12; /* above 4 GiB */
	function.config[5] = 0;    /* no address yet */
	sb_pci_bars(&pci, WHERE, bar);
	assert_true(bar[4].address == 0x1200000000u + WINDOW && bar[4].size == 0x4000 &&
		    bar[1].size == 0);
	function.bars[3] = 0;
	function.config[7] = 0; /* no such register */
	sb_pci_measure(&pci, WHERE, bar, 6);
	assert_true(bar[1].size == 4096 && bar[3].size == 0 && bar[4].wide && !bar[1].wide);
	memset(function.bars, 0, sizeof function.bars); /* nothing can be written */
	sb_pci_bars(&pci, WHERE, bar);
	for (unsigned i = 1; i < 6; i++)
		assert_int_equal(bar[i].size, 0);
}

/* One register alone: its value, the bits that can be written, its number. */
static struct sb_pci_bar one_bar(unsigned i, uint32_t value, uint32_t mask, uint32_t high,
				 uint32_t high_mask)
{
	struct sb_pci_bar bar[7];

	memset(function.config + 4, 0, 6 * 4);
	memset(function.bars, 0, sizeof function.bars);
	function.config[4 + i] = value;
	function.bars[i] = mask;
	if (i < 5) {
		function.config[5 + i] = high;
		function.bars[i + 1] = high_mask;
	}
	memset(bar, 0xee, sizeof bar);
	sb_pci_bars(&pci, WHERE, bar);
	assert_int_equal(bar[6].wide, 0xee);
	for (unsigned k = 0; k < 6; k++)
		if (k != i && (k != i + 1 || bar[i].wide)) {
			assert_true(!bar[k].size && !bar[k].address);
			assert_true(!bar[k].port && !bar[k].wide);
		}
	return bar[i];
}

static void each_bar_by_itself(void **state)
{
	struct sb_pci_bar bar;

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		bar = one_bar(i, 0xc109, 0xfffffff8, 0, 0); /* 8 ports */
		assert_true(bar.port && bar.address == 0xc108 && bar.size == 8 && !bar.wide);
		bar = one_bar(i, 0xc105, 0x0000fffc, 0xfe000000, 0xff000000);
		assert_true(bar.port && bar.address == 0xc104 && bar.size == 4 && !bar.wide);
		bar = one_bar(i, 0xfe000000, 0xff000000, 0, 0);
		assert_true(!bar.port && bar.address == 0xfe000000 && bar.size == 1u << 24);
		bar = one_bar(i, 1, 0xffe0, 0, 0); /* without an address */
		assert_int_equal(bar.size, 0);
		bar = one_bar(i, 0xfe000004, 0xff000000, 0, 0xffffffff);
		assert_int_equal(bar.wide, i < 5); /* the last has no upper half */
		assert_true(bar.address == 0xfe000000 && bar.size == 1u << 24);
		bar = one_bar(i, 4, 0, 4, 0xfffffffc); /* 16 GiB */
		assert_true(bar.size == (i < 5 ? 1ull << 34 : 0));
		assert_true(bar.address == (i < 5 ? 1ull << 34 : 0));
		bar = one_bar(i, 4, 0, 4, 0); /* no such register */
		assert_int_equal(bar.size, 0);
	}
}

static void the_modern_way_first(void **state)
{
	(void)state;
	assert_true(opened_modern());
	assert_int_equal(function.config[1] & 0x407, 0x407);
	function.config[1] &= 0xffff; /* without capabilities only the ports are left */
	assert_ptr_equal(sb_virtio_pci_open(&at, &pci, WHERE), &sb_virtio_pci_legacy);
	function.config[0] = 0x10441af4; /* a modern device has no ports */
	assert_null(sb_virtio_pci_open(&at, &pci, WHERE));
}

static void capabilities_that_point_anywhere(void **state)
{
	static const struct {
		unsigned next, length, bar;
		uint32_t from, size;
		int good;
	} caps[] = {
		{ 0x68, 16, 4, 0, 0x38, 1 },           { 0x68, 16, 4, 0x3fc8, 0x38, 1 },
		{ 0x68, 16, 4, 0, 0x37, 0 },           { 0x68, 16, 4, 0x3fcc, 0x38, 0 },
		{ 0x68, 16, 4, 0, 0x4001, 0 },         { 0x68, 16, 4, 0xffffffc8u, 0x38, 0 },
		{ 0x68, 16, 4, 0x38, 0xffffffc8u, 0 }, { 0x68, 16, 4, 0xfffffffcu, 0xfffffffcu, 0 },
		{ 0x68, 16, 4, 2, 0x38, 0 },           { 0x68, 15, 4, 0, 0x38, 0 },
		{ 0x68, 16, 4, 1, 0x38, 0 },           { 0x68, 16, 4, 4, 0x38, 1 },
		{ 0x68, 16, 0, 0, 0x38, 0 },           { 0x68, 16, 1, 0, 0x38, 0 },
		{ 0x68, 16, 5, 0, 0x38, 0 },           { 0x68, 16, 6, 0, 0x38, 0 },
		{ 0x68, 16, 255, 0, 0x38, 0 },         { 0x40, 16, 4, 0, 0x38, 0 },
		{ 0x3c, 16, 4, 0, 0x38, 0 },           { 0xff, 16, 4, 0, 0x38, 0 },
		{ 0x6b, 16, 4, 0, 0x38, 1 },
	};

	(void)state;
	function.config[0x3c / 4] = 0x6809; /* before the first place of the list */
	for (size_t i = 0; i < sizeof caps / sizeof *caps; i++) {
		capability(0x40, caps[i].next, caps[i].length, 1, caps[i].bar, caps[i].from,
			   caps[i].size);
		function.reads = 0;
		assert_int_equal(opened_modern(), caps[i].good);
		assert_in_range(function.reads, 1, 300);
	}
}

/*
 * Of two capabilities of one type, the first that can be used counts. One that
 * ends beyond configuration space cannot.
 */
static void capabilities_in_order(void **state)
{
	(void)state;
	capability(0x40, 0x54, 16, 1, 4, 0x3ffc, 0x1000);
	capability(0x54, 0x68, 16, 1, 4, 0x1000, 0x1000);
	capability(0x68, 0xf0, 16, 2, 4, 0x3000, 0x1000); /* no room for the multiplier */
	capability(0xf0, 0xf4, 20, 2, 4, 0x3000, 0x1000);
	assert_false(opened_modern());
	capability(0x68, 0x80, 20, 2, 4, 0x3000, 0x1000);
	capability(0x80, 0x00, 20, 1, 4, 0x2000, 0x1000);
	assert_true(opened_modern());
	assert_ptr_equal((void *)at.common, function.memory + 0x1000);
	function.config[0x40 / 4] ^= 1; /* of another vendor */
	capability(0x54, 0x68, 16, 1, 4, 0x2000, 0x1000);
	assert_true(opened_modern());
	assert_ptr_equal((void *)at.common, function.memory + 0x2000);
}

/* Two bytes at a multiple of two are enough to notify. */
static void notify_capabilities(void **state)
{
	static const struct {
		uint32_t length, from, size;
		int good;
	} caps[] = { { 20, 0x3000, 2, 1 }, { 20, 0x3002, 2, 1 }, { 20, 0x3001, 2, 0 },
		     { 20, 0x3003, 2, 0 }, { 20, 0x3000, 1, 0 }, { 20, 0x3ffe, 2, 1 },
		     { 20, 0x4000, 2, 0 }, { 19, 0x3000, 2, 0 }, { 255, 0x3000, 2, 1 } };

	(void)state;
	for (size_t i = 0; i < sizeof caps / sizeof *caps; i++) {
		capability(0x68, 0, caps[i].length, 2, 4, caps[i].from, caps[i].size);
		assert_int_equal(opened_modern(), caps[i].good);
		if (caps[i].good)
			assert_ptr_equal((void *)(uintptr_t)at.notify,
					 function.memory + caps[i].from);
	}
}

/* The last places that hold a capability, and the first that do not. */
static void capabilities_at_the_end(void **state)
{
	(void)state;
	capability(0x40, 0xec, 16, 1, 4, 0, 0x38);
	capability(0xec, 0, 20, 2, 4, 0x3000, 0x1000);
	assert_true(opened_modern());
	assert_ptr_equal((void *)(uintptr_t)at.notify, function.memory + 0x3000);
	capability(0x40, 0x68, 16, 5, 4, 0, 0x38);
	capability(0x68, 0xf0, 20, 2, 4, 0x3000, 0x1000);
	capability(0xf0, 0, 16, 1, 4, 0, 0x38);
	assert_true(opened_modern());
	assert_ptr_equal((void *)at.common, function.memory);
	for (uint32_t cap = 0xf4; cap < 0x100; cap += 4) { /* nothing is read behind the end */
		capability(0x68, cap, 20, 2, 4, 0x3000, 0x1000);
		memset(function.config + cap / 4, 0, 0x100 - cap);
		function.config[cap / 4] = 0x01100009;
		assert_false(opened_modern());
	}
}

/* One of another type or another vendor, or a later one, counts for nothing. */
static void capabilities_of_others(void **state)
{
	(void)state;
	capability(0x40, 0x54, 20, 3, 4, 0x2000, 0x1000);
	capability(0x54, 0x68, 16, 1, 4, 0x1000, 0x1000);
	capability(0x68, 0x80, 20, 2, 4, 0x3000, 0x800);
	capability(0x80, 0x94, 20, 2, 4, 0x3800, 0x400);
	function.config[0x90 / 4] = 8;
	capability(0x94, 0x00, 16, 1, 4, 0x0000, 0x1000);
	assert_true(opened_modern());
	assert_ptr_equal((void *)at.common, function.memory + 0x1000);
	assert_ptr_equal((void *)(uintptr_t)at.notify, function.memory + 0x3000);
	assert_true(at.notify_size == 0x800 && at.notify_step == 4);
	capability(0x40, 0x54, 20, 1, 4, 0x2000, 0x1000);
	for (unsigned bit = 0; bit < 8; bit++) {
		function.config[0x40 / 4] ^= 1u << bit;
		assert_true(opened_modern());
		assert_ptr_equal((void *)at.common, function.memory + 0x1000);
		function.config[0x40 / 4] ^= 1u << bit;
	}
}

/* It begins anywhere. 48 places are looked at, one of them more than once. */
static void the_list_of_capabilities(void **state)
{
	(void)state;
	capability(0x44, 0x68, 16, 1, 4, 0, 0x38);
	for (uint32_t low = 0; low < 4; low++) { /* two bits of a pointer are reserved */
		function.config[0x34 / 4] = 0x44 | low;
		assert_true(opened_modern());
	}
	function.config[0x34 / 4] = 0x40;
	for (unsigned visits = 0; visits < 60; visits++) {
		function.config[0x40 / 4] = 0x4005;
		function.config[0xfc / 4] = 0x4405;
		function.changes = 0x40; /* then it goes on at 0xfc */
		function.before = visits;
		/* visits, all-ones, 0xfc, common, notify */
		assert_int_equal(opened_modern(), visits + 4 <= 48);
	}
}

static void the_command_register(void **state)
{
	(void)state;
	/* writing 1 to a bit of status may clear it */
	function.config[1] = 0xf9100140;
	assert_true(opened_modern());
	assert_int_equal(function.command, 0x547);
	function.config[1] = 0xf9100000;
	assert_true(opened_modern());
	assert_int_equal(function.command, 0x407);
}

static void out_of_reach(void **state)
{
	(void)state;
	function.config[9] = 1; /* BAR 4 above 4 GiB */
	assert_ptr_equal(sb_virtio_pci_open(&at, &pci, WHERE), &sb_virtio_pci_legacy);
	pci.in = NULL;
	assert_null(sb_virtio_pci_open(&at, &pci, WHERE));
	pci.in = pci_in;
	function.window = PORT; /* ports are no memory */
	function.bars[0] = 0xffffff00u;
	capability(0x40, 0x68, 16, 1, 0, 0, 0x38);
	capability(0x68, 0x00, 20, 2, 0, 0x40, 0x10);
	assert_false(opened_modern());
	function.bars[0] = 0xfffffff0u; /* and too few of them */
	assert_null(sb_virtio_pci_open(&at, &pci, WHERE));
}

static uint32_t word(unsigned offset)
{
	return (uint32_t)little_get(function.memory + offset, 4);
}

static void half_is(unsigned offset, uint16_t value)
{
	little_put(function.memory + offset, 2, value);
}

static void modern_registers(void **state)
{
	static const struct sb_virtio_queue queue = { 0x1122334455667788u, 0x99aabbccddeeff00u,
						      0x0123456789abcdefu, 128 };
	const struct sb_virtio_transport *t = &sb_virtio_pci_modern;

	(void)state;
	assert_true(opened_modern());
	t->set_status(&at, 3);
	assert_int_equal(t->status(&at), 3);
	assert_int_equal(function.memory[0x14], 3);
	little_put(function.memory + 4, 4, 0x12345678);
	assert_int_equal(t->offered(&at, 1), 0x12345678);
	assert_int_equal(word(0), 1);
	t->accept(&at, 1, 7);
	assert_true(word(8) == 1 && word(12) == 7);
	half_is(0x16, 9);
	assert_int_equal(t->queue_size(&at), 8);
	assert_int_equal(word(0x14) >> 16, 0);
	assert_int_equal(t->set_queue(&at, &queue), SB_OK);
	assert_int_equal(word(0x18) & 0xffff, 128);
	assert_int_equal(word(0x1c), 0x00030001);
	assert_true(word(0x20) == 0x55667788 && word(0x24) == 0x11223344 &&
		    word(0x28) == 0xddeeff00u && word(0x2c) == 0x99aabbccu);
	assert_true(word(0x30) == 0x89abcdefu && word(0x34) == 0x01234567);
	half_is(0x300c, 0xffff);
	t->notify(&at);
	assert_int_equal(word(0x300c), 0);
	assert_int_equal(t->set_queue(&at, &queue), SB_EIO); /* it is enabled already */
	assert_int_equal(t->find(&at, 1), SB_ENODEV);
}

static void notify_stays_in_its_window(void **state)
{
	static const struct {
		uint32_t step;
		uint16_t offset;
		int result;
	} steps[] = { { 0, 0xffff, SB_OK },       { 4, 1023, SB_OK },
		      { 4, 1024, SB_EIO },        { 2, 2047, SB_OK },
		      { 2, 2048, SB_EIO },        { 1, 4, SB_EIO },
		      { 0x80000000u, 2, SB_EIO }, { 0xfffffffeu, 0xffff, SB_EIO } };
	struct sb_virtio_queue queue = { 0, 0, 0, 1 };

	(void)state;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		function.config[0x78 / 4] = steps[i].step;
		half_is(0x1e, steps[i].offset);
		half_is(0x1c, 0);
		assert_true(opened_modern());
		assert_int_equal(sb_virtio_pci_modern.set_queue(&at, &queue), steps[i].result);
		assert_int_equal(word(0x1c) & 0xffff, steps[i].result == SB_OK);
	}
}

/*
 * A host may give any answer to a second reading of its capability. The checked
 * answer counts.
 */
static void notify_window_that_changes(void **state)
{
	struct sb_virtio_queue queue = { 0, 0, 0, 1 };

	(void)state;
	for (unsigned looks = 0; looks < 4; looks++) {
		function.config[0x78 / 4] = 0x10000;
		half_is(0x1e, 0x7fff);
		half_is(0x1c, 0);
		function.changes = 0x68 + 12;
		function.before = looks;
		if (opened_modern())
			assert_int_equal(sb_virtio_pci_modern.set_queue(&at, &queue), SB_EIO);
		else
			assert_int_equal(looks, 0);
	}
}

/* Its ring has all of its descriptors, whatever the driver writes. */
static int modern_device(uint16_t size, struct sb_virtio_pages *memory)
{
	int result;

	memset(&ring_device, 0, sizeof ring_device);
	memset(&rng, 0, sizeof rng);
	memset(function.memory, 0, sizeof function.memory);
	half_is(0x04, SB_VIRTIO_1_VERSION);
	half_is(0x18, size);
	assert_true(opened_modern());
	ring_device.rng = &rng;
	ring_device.size = size;
	rng.transport = &sb_virtio_pci_modern;
	rng.at = &at;
	rng.dma = &ring_device_dma;
	rng.pages = memory;
	result = sb_virtio_rng.probe(&rng);
	ring_device.descriptors = word(0x20) | (uint64_t)word(0x24) << 32;
	ring_device.available = word(0x28) | (uint64_t)word(0x2c) << 32;
	ring_device.used = word(0x30) | (uint64_t)word(0x34) << 32;
	return result;
}

static void a_device_that_ignores_the_queue_size(void **state)
{
	static const uint16_t sizes[] = { 1, 8, 128, 256, 512, 1024 };
	static const uint16_t refused[] = { 0, 3, 2048, 0x8000, 0xffff };

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		int small = sizes[i] <= 256;

		assert_int_equal(modern_device(sizes[i], NULL), small ? SB_OK : SB_EUNFIT);
		if (small)
			ring_device_goes_round(&rng);
		assert_int_equal(modern_device(sizes[i], &pages), SB_OK);
		ring_device_goes_round(&rng);
		assert_int_equal(word(0x18) & 0xffff, sizes[i]);
	}
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_int_equal(modern_device(refused[i], &pages), SB_EUNFIT);
		assert_int_equal(word(0x1c), 0);
	}
}

/*
 * As Firecracker's, which cannot be reset: its registers are memory, so status
 * reads 0 and the queue stays enabled.
 */
static void a_queue_that_stays_enabled(void **state)
{
	uint8_t bytes[SB_VIRTIO_RNG_BYTES];

	(void)state;
	assert_int_equal(modern_device(256, NULL), SB_OK);
	ring_device_goes_round(&rng);
	sb_virtio_rng.restart(&rng);
	assert_int_equal(sb_virtio_rng.probe(&rng), SB_OK);
	assert_int_equal(sb_virtio_rng.read(&rng, bytes, sizeof bytes), sizeof bytes);
	half_is(0x16, 9); /* another queue is selected */
	sb_virtio_rng.stop(&rng);
	assert_int_equal(word(0x14), 0); /* the reset seems to be done */
	assert_true(sb_virtio_rng.held(&rng));
	assert_int_equal(sb_virtio_rng.probe(&rng), SB_EIO);

	assert_int_equal(modern_device(256, NULL), SB_OK);
	half_is(0x1c, 0);
	sb_virtio_rng.stop(&rng);
	assert_false(sb_virtio_rng.held(&rng));
	assert_int_equal(sb_virtio_rng.probe(&rng), SB_OK);
}

static int probe_legacy(void)
{
	function.config[1] &= 0xffff;
	assert_ptr_equal(sb_virtio_pci_open(&at, &pci, WHERE), &sb_virtio_pci_legacy);
	return sb_virtio_rng.probe(&rng);
}

static int read64(void)
{
	memset(buf, 0xee, sizeof buf);
	return sb_virtio_rng.read(&rng, buf, 64);
}

static void legacy_ring_goes_round(void **state)
{
	(void)state;
	function.ports[0] = 0xff; /* features, of which the driver takes none */
	assert_int_equal(probe_legacy(), SB_OK);
	assert_int_equal(function.ports[0x12], 7); /* no FEATURES_OK */
	assert_int_equal(pci_in(&pci, PORT + 4, 4), 0);
	assert_int_equal(pci_in(&pci, PORT + 8, 4), PAGES / 4096);
	for (unsigned i = 0; i < 20; i++) {
		assert_int_equal(read64(), 44 + i % 4);
		assert_int_equal(buf[5], (uint8_t)(i * SB_VIRTIO_RNG_BYTES + 5));
	}
	function.step = 2;
	assert_int_equal(read64(), SB_EIO);
	sb_virtio_rng.stop(&rng);
	for (size_t i = 0; i < sizeof pages; i++)
		assert_int_equal(((const volatile uint8_t *)&pages)[i], 0);
	assert_int_equal(function.ports[0x12], 0);
}

/*
 * The number of descriptors of QEMU 10. Each entry is used, and then the first
 * ones again.
 */
static void legacy_ring_of_1024_goes_round(void **state)
{
	const uint16_t size = 1024;

	(void)state;
	little_put(function.ports + 0x0c, 2, size);
	assert_int_equal(probe_legacy(), SB_OK);
	for (unsigned i = 0; i < 2 * size + 3u; i++) {
		assert_int_equal(read64(), 44 + i % 4);
		assert_int_equal(buf[5], (uint8_t)(i * SB_VIRTIO_RNG_BYTES + 5));
	}
	sb_virtio_rng.stop(&rng);
	for (size_t i = 0; i < sizeof pages; i++)
		assert_int_equal(((const volatile uint8_t *)&pages)[i], 0);
}

/* The context as page-aligned memory, which it is by chance at most. */
static uint64_t context_address(const volatile void *place)
{
	return PAGES + ((uintptr_t)place - (uintptr_t)&rng.ring);
}

static void legacy_queue_sizes(void **state)
{
	static const struct {
		uint16_t size;
		int result;
	} sizes[] = { { 0, SB_EUNFIT },      { 1, SB_OK },         { 3, SB_EUNFIT },
		      { 64, SB_OK },         { 128, SB_OK },       { 256, SB_OK },
		      { 1024, SB_OK },       { 1023, SB_EUNFIT },  { 2048, SB_EUNFIT },
		      { 0x8000, SB_EUNFIT }, { 0xffff, SB_EUNFIT } };

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		little_put(function.ports + 0x0c, 2, sizes[i].size);
		assert_int_equal(probe_legacy(), sizes[i].result);
		assert_int_equal(read64(), sizes[i].result == SB_OK ? 44 : SB_EIO);
		sb_virtio_rng.stop(&rng);
	}
	rng.pages = NULL;
	little_put(function.ports + 0x0c, 2, sizes[1].size);
	assert_int_equal(probe_legacy(), SB_EUNFIT);
	dma.address = context_address;
	assert_int_equal(probe_legacy(), SB_EUNFIT);
}

static void legacy_queue_addresses(void **state)
{
	(void)state;
	dma.address = high_address;
	assert_int_equal(probe_legacy(), SB_EUNFIT); /* no such page number */
	dma.address = odd_address;
	assert_int_equal(probe_legacy(), SB_EUNFIT);
	/*
	 * The device goes on at the end of the first page. Our second page is
	 * elsewhere.
	 */
	dma.address = apart_address;
	assert_int_equal(probe_legacy(), SB_EUNFIT);
	dma.address = near_address;
	function.stuck = 1;
	function.ports[0x12] = 7;
	assert_int_equal(probe_legacy(), SB_EIO);
	function.stuck = 0;
	assert_int_equal(probe_legacy(), SB_OK);
	function.stuck = 1; /* it may write for ever */
	sb_virtio_rng.stop(&rng);
	function.stuck = 0;
	assert_int_equal(sb_virtio_rng.probe(&rng), SB_EIO);
}

static void last_access(uint32_t port, uint32_t width, uint32_t value)
{
	assert_int_equal(function.port, port);
	assert_int_equal(function.width, width);
	assert_int_equal(function.value, value);
}

/* VIRTIO 1.2 section 4.1.3.1: the width of an access is that of the field. */
static void legacy_widths(void **state)
{
	const struct sb_virtio_transport *t = &sb_virtio_pci_legacy;
	struct sb_virtio_queue queue = { PAGES, 0, 0, 8 };

	(void)state;
	assert_int_equal(probe_legacy(), SB_OK);
	t->set_status(&at, 0x83);
	last_access(0x12, 1, 0x83);
	function.port = 0;
	assert_int_equal(t->status(&at), 0x83);
	last_access(0x12, 1, 0x83);
	assert_int_equal(t->queue_size(&at), 8);
	last_access(0x0c, 2, 0); /* as it was selected */
	function.ports[0x10] = function.ports[0x11] = 0xee;
	assert_int_equal(read64(), 44);
	last_access(0x10, 2, 0);
	t->accept(&at, 0, 0x8899aabb);
	last_access(0x04, 4, 0x8899aabb);
	(void)t->offered(&at, 0);
	last_access(0x00, 4, 0x8899aabb);
	assert_int_equal(t->set_queue(&at, &queue), SB_EIO); /* in use */
	last_access(0x08, 4, 0);
	function.ports[0x10] = 0xee; /* the next port: selecting a queue leaves it */
	(void)t->queue_size(&at);
	assert_int_equal(function.ports[0x10], 0xee);
	(void)t->set_queue(&at, &queue);
	assert_int_equal(function.ports[0x10], 0xee);
	/* the last port that is needed */
	at.bar[0].size = 20;
	assert_int_equal(t->find(&at, 4), SB_OK);
	at.bar[0].size = 19;
	assert_int_equal(t->find(&at, 4), SB_ENODEV);
}

/* Each register has its port and its width. */
static void legacy_registers(void **state)
{
	const struct sb_virtio_transport *t = &sb_virtio_pci_legacy;
	struct sb_virtio_queue queue = { PAGES, 0, 0, 8 };

	(void)state;
	function.config[1] &= 0xffff;
	assert_ptr_equal(sb_virtio_pci_open(&at, &pci, WHERE), t);
	assert_int_equal(t->legacy, 4096);
	memcpy(function.ports, "\x11\x22\x33\x44", 4);
	assert_int_equal(t->offered(&at, 0), 0x44332211);
	assert_int_equal(t->offered(&at, 1), 0);
	t->accept(&at, 1, 0x55);
	assert_int_equal(pci_in(&pci, PORT + 4, 4), 0);
	t->accept(&at, 0, 0x8899aabb);
	assert_int_equal(pci_in(&pci, PORT + 4, 4), 0x8899aabb);
	memcpy(function.ports + 0x0c, "\x00\x04\x09\x09", 4); /* queue 0x909 is selected */
	assert_int_equal(t->queue_size(&at), 1024);
	assert_int_equal(pci_in(&pci, PORT + 0x0e, 2), 0);
	memset(function.ports + 0x0e, 9, 2);
	assert_int_equal(t->set_queue(&at, &queue), SB_OK);
	assert_int_equal(pci_in(&pci, PORT + 0x0e, 2), 0);
	assert_int_equal(pci_in(&pci, PORT + 8, 4), PAGES / 4096);
	assert_int_equal(t->set_queue(&at, &queue), SB_EIO); /* in use */
	memset(function.ports + 8, 0, 4);
	function.lost = 1;
	assert_int_equal(t->set_queue(&at, &queue), SB_EIO);
	function.lost = 0;
	memset(function.ports + 8, 0, 4);
	queue.descriptors = 0xffffffffull * 4096; /* the last page that has a number */
	assert_int_equal(t->set_queue(&at, &queue), SB_OK);
	memset(function.ports + 8, 0, 4);
	queue.descriptors += 4096;
	assert_int_equal(t->set_queue(&at, &queue), SB_EUNFIT);
	assert_int_equal(pci_in(&pci, PORT + 8, 4), 0);
	t->set_status(&at, 0x83);
	assert_int_equal(t->status(&at), 0x83);
	assert_int_equal(function.ports[0x13], 0);
}

/* Which ids have ports, and how many. */
static void legacy_identity(void **state)
{
	static const struct {
		uint32_t id, subsystem, bar, size;
		int result;
	} each[] = {
		{ 0x10051af4, 0x00041af4, PORT | 1, 0xffffffe0, SB_OK },
		{ 0x10001af4, 0x00041af4, PORT | 1, 0xffffffe0, SB_OK },
		{ 0x103f1af4, 0x00041af4, PORT | 1, 0xffffffe0, SB_OK },
		{ 0x10401af4, 0x00041af4, PORT | 1, 0xffffffe0, SB_ENODEV },
		{ 0x0fff1af4, 0x00041af4, PORT | 1, 0xffffffe0, SB_ENODEV },
		{ 0x10051af5, 0x00041af4, PORT | 1, 0xffffffe0, SB_ENODEV },
		{ 0x10051af4, 0x00051af4, PORT | 1, 0xffffffe0, SB_ENODEV },
		{ 0x10051af4, 0x00041af4, PORT, 0xffffffe0, SB_ENODEV },
		{ 0x10051af4, 0x00041af4, PORT | 1, 0xfffffff0, SB_ENODEV },
	};

	(void)state;
	for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
		pci_setup(NULL);
		function.config[1] &= 0xffff;
		function.config[0] = each[i].id;
		function.config[0x2c / 4] = each[i].subsystem;
		function.config[4] = each[i].bar;
		function.bars[0] = each[i].size;
		(void)sb_virtio_pci_open(&at, &pci, WHERE);
		assert_int_equal(sb_virtio_pci_legacy.find(&at, 4), each[i].result);
		assert_int_equal(sb_virtio_pci_legacy.find(&at, 5),
				 each[i].subsystem == 0x00051af4 ? SB_OK : SB_ENODEV);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_PCI(finding),
					    ON_PCI(nobody_answers),
					    ON_PCI(finding_goes_on),
					    ON_PCI(as_many_as_there_are_rows),
					    ON_PCI(identity),
					    ON_PCI(bars),
					    ON_PCI(each_bar_by_itself),
					    ON_PCI(the_modern_way_first),
					    ON_PCI(capabilities_that_point_anywhere),
					    ON_PCI(capabilities_in_order),
					    ON_PCI(notify_capabilities),
					    ON_PCI(capabilities_at_the_end),
					    ON_PCI(capabilities_of_others),
					    ON_PCI(the_list_of_capabilities),
					    ON_PCI(the_command_register),
					    ON_PCI(out_of_reach),
					    ON_PCI(modern_registers),
					    ON_PCI(notify_stays_in_its_window),
					    ON_PCI(notify_window_that_changes),
					    ON_PCI(a_device_that_ignores_the_queue_size),
					    ON_PCI(a_queue_that_stays_enabled),
					    ON_PCI(legacy_ring_goes_round),
					    ON_PCI(legacy_ring_of_1024_goes_round),
					    ON_PCI(legacy_queue_sizes),
					    ON_PCI(legacy_widths),
					    ON_PCI(legacy_registers),
					    ON_PCI(legacy_identity),
					    ON_PCI(legacy_queue_addresses) };

	return cmocka_run_group_tests_name("virtio over PCI", tests, NULL, NULL);
}
