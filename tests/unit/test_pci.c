/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI that no firmware has set up, over a machine whose bridges forward as they
 * are told; and where ACPI and a device tree say that PCI is. Needs: hal/bus/
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "sb_pci_ecam.h"

enum { NODES = 96, ROOT = 255, WANTED = 0x10441af4, BRIDGE = 0x00011b36, OTHER = 0x100e8086 };
enum { MEMORY = 0x10000000, MEMORY_SIZE = 0x2eff0000, PORTS_SIZE = 0x10000 };

/* A function. `above` is the bridge that it lies behind, or ROOT: then its bus
   is fixed. */
static struct node {
	uint8_t above, bus, slot; /* slot: device << 3 | function */
	uint8_t stuck;            /* takes no number */
	uint32_t config[16], mask[6];
} node[NODES];
static unsigned nodes;
static unsigned long accesses;
static int hostile;
static struct sb_pci_ecam ecam;

static uint32_t bus_of(const struct node *n)
{
	return n->above == ROOT ? n->bus : node[n->above].config[6] >> 8 & 0xff;
}

static int is_bridge(const struct node *n)
{
	return (n->config[3] >> 16 & 0x7f) == 1;
}

/* Each bridge on the way must forward the number. */
static int reached(const struct node *n, uint32_t bus)
{
	if (bus_of(n) != bus || (n->above != ROOT && !bus))
		return 0;
	for (unsigned at = n->above; at != ROOT; at = node[at].above) {
		uint32_t buses = node[at].config[6];

		if (bus < (buses >> 8 & 0xff) || bus > (buses >> 16 & 0xff))
			return 0;
	}
	return 1;
}

static struct node *node_at(uint32_t function)
{
	for (unsigned i = 0; i < nodes; i++)
		if (node[i].slot == (function & 0xff) && reached(&node[i], function >> 8))
			return &node[i];
	return NULL;
}

static uint32_t machine_read(const struct sb_pci *pci, uint32_t function, uint32_t offset)
{
	const struct node *n = node_at(function);

	(void)pci;
	accesses++;
	assert_true(offset % 4 == 0 && offset < 0x40);
	assert_in_range(function >> 8, ecam.pci.first, ecam.pci.last);
	return n ? n->config[offset / 4] : 0xffffffffu;
}

static void machine_write(const struct sb_pci *pci, uint32_t function, uint32_t offset,
			  uint32_t value)
{
	struct node *n = node_at(function);
	unsigned i = offset / 4;

	(void)pci;
	accesses++;
	assert_true(offset % 4 == 0 && offset < 0x40);
	if (!n || (n->stuck && i == 6))
		return;
	if (i >= 4 && i < (is_bridge(n) ? 6u : 10u)) {
		/* it does not decode meanwhile, as an honest one */
		assert_true(hostile || !(n->config[1] & 3));
		n->config[i] = (value & n->mask[i - 4]) | (n->config[i] & ~n->mask[i - 4]);
	} else {
		n->config[i] = value;
	}
}

static int is_wanted(const struct sb_pci *pci, uint32_t function)
{
	uint32_t id = pci->read(pci, function, 0);

	assert_int_not_equal(id, 0xffffffffu); /* nobody is asked about */
	return id == WANTED;
}

static unsigned add(unsigned above, unsigned bus, unsigned slot, uint32_t id)
{
	struct node *n = &node[nodes];

	assert_true(nodes < NODES);
	memset(n, 0, sizeof *n);
	n->above = (uint8_t)above;
	n->bus = (uint8_t)bus;
	n->slot = (uint8_t)slot;
	n->config[0] = id;
	if (id == BRIDGE) {
		n->config[3] = 0x010000;
	} else {
		/* as a transitional device of QEMU */
		n->config[4] = 1;
		n->mask[0] = 0xffffffe0u;
		n->mask[1] = 0xfffff000u;
		n->config[8] = 12;
		n->mask[4] = 0xffffc000u;
		n->mask[5] = 0xffffffffu;
	}
	return nodes++;
}

static int setup(void **state)
{
	(void)state;
	nodes = 0;
	accesses = 0;
	hostile = 0;
	memset(&ecam, 0, sizeof ecam);
	ecam.pci.read = machine_read;
	ecam.pci.write = machine_write;
	ecam.pci.last = 255;
	ecam.windows = 3;
	ecam.window[0] = (struct sb_pci_window){ 0, 0x3eff0000, PORTS_SIZE, SB_PCI_SPACE_PORT };
	ecam.window[1] = (struct sb_pci_window){ 1u << 30, 1u << 30, 1u << 28, SB_PCI_SPACE_64 };
	ecam.window[2] = (struct sb_pci_window){ MEMORY, MEMORY, MEMORY_SIZE, SB_PCI_SPACE_32 };
	add(ROOT, 0, 0, OTHER); /* the host bridge */
	return 0;
}

static int above(unsigned bridge, const struct node *n)
{
	for (unsigned i = n->above; i != ROOT; i = node[i].above)
		if (i == bridge)
			return 1;
	return 0;
}

/* The address is within the window of each bridge above, and of no other. */
static void forwarded(const struct node *n, uint64_t at, uint64_t size, int port)
{
	for (unsigned i = 0; i < nodes; i++) {
		uint32_t window = node[i].config[port ? 7 : 8];
		uint64_t from = port ? (window & 0xf0u) << 8 : (window & 0xfff0u) << 16;
		uint64_t last = port ? (window & 0xf000u) | 0xfffu : window | 0xfffffu;

		if (!is_bridge(&node[i]) || !node[i].config[6])
			continue;
		if (!above(i, n)) {
			assert_true(at > last || at + size - 1 < from);
			continue;
		}
		assert_true(at >= from && at + size - 1 <= last);
		assert_int_equal(node[i].config[1] & (port ? 5u : 6u), port ? 5 : 6);
	}
}

static unsigned assigned;
static uint64_t places[3 * NODES][2];

static void place(uint64_t at, uint64_t size, uint64_t space)
{
	for (unsigned i = 0; i < assigned; i++)
		assert_true((places[i][0] ^ (at + space)) >> 40 || at + space >= places[i][1] ||
			    at + space + size <= places[i][0]);
	places[assigned][0] = at + space;
	places[assigned++][1] = at + space + size;
}

/* Every wanted function that can be reached has its three addresses, apart from
   those of the others, and nothing else has any. */
static void sound(void)
{
	assigned = 0;
	for (unsigned i = 0; i < nodes; i++) {
		const struct node *n = &node[i];
		uint32_t port = n->config[4] & ~3u, near = n->config[5], far = n->config[8] & ~15u;

		if (is_bridge(n) || n->config[0] != WANTED || !reached(n, bus_of(n))) {
			if (!is_bridge(n))
				assert_true(!port && !near && !far);
			continue;
		}
		assert_true(port && port % 32 == 0 && port < PORTS_SIZE);
		assert_true(near >= MEMORY && near % 0x1000 == 0);
		assert_true(far >= MEMORY && far % 0x4000 == 0 && !n->config[9]);
		assert_true(far + 0x4000 <= MEMORY + MEMORY_SIZE);
		forwarded(n, port, 32, 1);
		forwarded(n, near, 0x1000, 0);
		forwarded(n, far, 0x4000, 0);
		place(port, 32, 1ull << 40);
		place(near, 0x1000, 0);
		place(far, 0x4000, 0);
	}
}

static void nothing_is_there(void **state)
{
	(void)state;
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	sound();
	assert_int_equal(assigned, 0);
	nodes = 0;
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
}

/* As virt with pxb-pcie and root ports: roots at 0, 128 and 130. */
static void roots_and_bridges(void **state)
{
	unsigned port, far;

	(void)state;
	add(ROOT, 0, 8, WANTED);
	port = add(ROOT, 0, 16, BRIDGE);
	add(port, 0, 0, WANTED);
	add(ROOT, 128, 0, OTHER);
	far = add(ROOT, 128, 8, BRIDGE);
	add(far, 0, 0, WANTED);
	add(ROOT, 130, 0, WANTED);
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	sound();
	assert_int_equal(assigned, 12);
	assert_int_equal(node[port].config[6], 0x010100);
	assert_int_equal(node[far].config[6], 0x818180);
	assert_int_equal(sb_pci_find(&ecam.pci, 0x8000, is_wanted), 0x8100);
	/* prefetchable: nothing */
	assert_int_equal(node[port].config[9], 0xfff0);
	/* a bridge with nothing of ours behind forwards nothing */
	setup(state);
	port = add(ROOT, 0, 16, BRIDGE);
	add(port, 0, 0, OTHER);
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_true(node[port].config[8] == 0xfff0 && node[port].config[7] == 0xf0);
	assert_int_equal(node[port].config[1] & 3, 0);
	/* and costs no addresses */
	setup(state);
	add(ROOT, 0, 8, WANTED);
	add(add(ROOT, 0, 16, BRIDGE), 0, 0, OTHER);
	add(ROOT, 0, 24, WANTED);
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	sound();
	assert_int_equal(node[4].config[5], MEMORY + 0x8000);
}

static void a_firmware_was_here(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		struct node before[NODES];
		unsigned port, device;

		setup(state);
		add(ROOT, 0, 16, WANTED);
		port = add(ROOT, 128, 8, BRIDGE);
		device = add(port, 0, 0, WANTED);
		if (i == 0)
			node[port].config[6] = 0x818180;
		else if (i == 1)
			node[1].config[5] = 0xfe000000;
		else if (i == 2)
			node[1].config[9] = 0x80;
		else
			node[port].config[4] = 0xfe000000;
		memcpy(before, node, sizeof before);
		assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
		assert_memory_equal(before, node, sizeof before);
		assert_int_equal(node[device].config[5], 0);
	}
}

/* Any bit of a number or an address is a firmware's. Others are not. */
static void what_a_firmware_leaves(void **state)
{
	for (unsigned bit = 0; bit < 32; bit++) {
		unsigned port;

		setup(state);
		port = add(ROOT, 0, 8, BRIDGE);
		add(port, 0, 0, WANTED);
		node[port].config[6] = 1u << bit;
		assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
		assert_int_equal(node[2].config[5] != 0, bit < 8 || bit > 15);
		for (unsigned i = 0; i < 7; i++) {
			setup(state);
			add(ROOT, 0, 8, WANTED);
			memset(node[0].mask, 0xff, sizeof node[0].mask);
			node[0].config[4 + i] = 1u << bit;
			assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
			assert_int_equal(node[1].config[5] != 0, bit < 4 || i == 6);
		}
	}
	setup(state);
	add(add(ROOT, 0, 8, BRIDGE), 0, 0, WANTED);
	for (unsigned i = 7; i < 13; i++)
		node[1].config[i] = 0x00010101; /* what a bridge is able to */
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_true(node[2].config[5] != 0);
}

/* It looks at all of its buses, the first and the last among them. */
static void each_bus_is_looked_at(void **state)
{
	for (unsigned slot = 0; slot < 256; slot += 255) {
		setup(state);
		ecam.pci.first = 3;
		ecam.pci.last = 5;
		add(ROOT, 3, 0, OTHER);
		add(ROOT, 3, 8, WANTED);
		add(ROOT, 5, 31 << 3, OTHER);
		add(ROOT, 5, slot, slot ? OTHER : WANTED);
		node[nodes - 2].config[3] = 0x800000;
		if (slot)
			node[nodes - 1].config[4] = 0xc000; /* a firmware was at the last one */
		assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
		assert_int_equal(node[2].config[5] != 0, slot == 0);
		if (!slot)
			assert_true(node[nodes - 1].config[5] != 0);
	}
	setup(state);
	add(ROOT, 0, 8, WANTED);
	node[0].config[4] = 0xc000; /* or at the first one */
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[1].config[5], 0);
}

/* The windows of two bridges side by side, to the bit. */
static void windows_side_by_side(void **state)
{
	unsigned one, two;

	(void)state;
	add(ROOT, 0, 8, WANTED);
	one = add(ROOT, 0, 16, BRIDGE);
	add(one, 0, 0, WANTED);
	two = add(ROOT, 0, 24, BRIDGE);
	add(two, 0, 0, WANTED);
	add(ROOT, 0, 32, WANTED);
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	sound();
	assert_int_equal(node[1].config[4], 0x1001);
	assert_int_equal(node[1].config[5], MEMORY);
	assert_int_equal(node[1].config[8], (MEMORY + 0x4000) | 12);
	assert_int_equal(node[one].config[7], 0x2f20);
	assert_int_equal(node[one].config[8], 0x101f1010);
	assert_int_equal(node[3].config[4], 0x2001);
	assert_int_equal(node[3].config[5], MEMORY + 0x100000);
	assert_int_equal(node[two].config[7], 0x3f30);
	assert_int_equal(node[two].config[8], 0x102f1020);
	assert_int_equal(node[6].config[4], 0x4001);
	assert_int_equal(node[6].config[5], MEMORY + 0x300000);
	assert_true(node[one].config[9] == 0xfff0 && !node[one].config[10] &&
		    !node[one].config[11] && !node[one].config[12]);
	assert_int_equal(node[one].config[1], 7);
	setup(state); /* ports alone */
	one = add(ROOT, 0, 16, BRIDGE);
	add(one, 0, 0, WANTED);
	memset(node[2].mask + 1, 0, 5 * 4);
	node[2].config[8] = 0;
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[2].config[4], 0x1001);
	assert_int_equal(node[one].config[7], 0x1f10);
	assert_int_equal(node[one].config[8], 0xfff0);
	assert_int_equal(node[one].config[1], 5);
}

/* What does not fit leaves room for what follows. Upper halves are 0. */
static void what_follows_fits(void **state)
{
	/* beyond the end, and at an address beyond it */
	for (uint32_t size = 0x80000000u; size >= 0x20000000u; size /= 4) {
		setup(state);
		add(ROOT, 0, 8, WANTED);
		node[1].mask[1] = 0u - size;
		node[1].config[9] = 7; /* no address, and not 0 */
		assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
		assert_int_equal(node[1].config[5], 0);
		assert_int_equal(node[1].config[8], MEMORY | 12);
		assert_int_equal(node[1].config[9], 0);
	}
	setup(state);
	add(ROOT, 0, 8, WANTED);
	memset(node[1].mask, 0, sizeof node[1].mask);
	node[1].config[8] = 0;
	node[1].mask[5] = 0xfffff000; /* the last register, of 32 bits */
	node[1].config[10] = 0x1234;
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[1].config[9], MEMORY);
	assert_int_equal(node[1].config[10], 0x1234);
}

/* Of each space, in whole grains, and below 4 GiB. */
static void the_first_window_is_used(void **state)
{
	add(ROOT, 0, 8, WANTED);
	ecam.windows = 4;
	ecam.window[3] = ecam.window[2];
	ecam.window[3].pci += MEMORY;
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[1].config[5], MEMORY);
	setup(state);
	add(ROOT, 0, 8, WANTED);
	ecam.windows = 2; /* no memory but that for 64 bits */
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[1].config[5], 0);
	setup(state);
	add(ROOT, 0, 8, WANTED);
	ecam.window[2].pci = 0xf0000000;
	ecam.window[2].size = 1u << 28; /* up to 4 GiB */
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[1].config[4], 0x1001);
	assert_int_equal(node[1].config[5], 0);
	setup(state);
	add(ROOT, 0, 8, WANTED);
	ecam.window[1] = ecam.window[0];
	ecam.window[0].size = 1; /* less than a grain */
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[1].config[4], 0x1001);
	setup(state);
	add(ROOT, 0, 8, WANTED);
	ecam.window[0].pci = 0x1001; /* one byte behind a grain */
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[1].config[4], 0x1021);
	setup(state);
	add(add(ROOT, 0, 8, BRIDGE), 0, 0, WANTED);
	ecam.window[2].pci = 0; /* the first grain is left out */
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[1].config[8], 0x001f0010);
	assert_int_equal(node[2].config[5], 0x100000);
}

/* What it has left is looked at, and on its own bus. */
static void behind_a_bridge_it_goes_on(void **state)
{
	unsigned bridge;

	(void)state;
	add(ROOT, 129, 0, OTHER);
	bridge = add(ROOT, 129, 20 << 3, BRIDGE);
	node[bridge].config[3] |= 0x800000;
	add(bridge, 0, 0, WANTED);
	add(ROOT, 129, 20 << 3 | 1, WANTED);
	add(ROOT, 129, 21 << 3, WANTED);
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	sound();
	assert_int_equal(assigned, 9);
	assert_int_equal(node[bridge].config[6], 0x828281);
}

static void what_a_bridge_keeps(void **state)
{
	unsigned bridge = add(ROOT, 0, 8, BRIDGE);

	(void)state;
	node[bridge].config[1] = 0xf9000141; /* a status that a 1 clears */
	for (unsigned i = 10; i < 13; i++)
		node[bridge].config[i] = 0x00010101;
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[bridge].config[1], 0x0145);
	for (unsigned i = 10; i < 13; i++)
		assert_int_equal(node[bridge].config[i], 0);
	setup(state);
	bridge = add(ROOT, 0, 8, BRIDGE);
	node[bridge].config[0] = 0x00010000; /* it looks like one, but is of nobody */
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[bridge].config[6], 0);
}

/* A chain as long as numbers or depth allow; then somebody was not seen. */
static void numbers_run_out(void **state)
{
	for (unsigned most = 13; most <= 15; most++) {
		unsigned above = ROOT;

		setup(state);
		ecam.pci.last = 14;
		for (unsigned i = 0; i < most; i++)
			above = add(above, 0, 8, BRIDGE);
		add(above, 0, 0, WANTED);
		assert_int_equal(sb_pci_assign(&ecam, is_wanted), most <= 14 ? SB_OK : SB_EUNSEEN);
		sound();
		assert_int_equal(assigned, most <= 14 ? 3 : 0);
	}
	/* the next root has the next number */
	setup(state);
	add(ROOT, 1, 0, OTHER);
	add(ROOT, 0, 8, BRIDGE);
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_EUNSEEN);
	for (unsigned most = SB_PCI_DEPTH_MAX; most <= SB_PCI_DEPTH_MAX + 1; most++) {
		unsigned above = ROOT;

		setup(state);
		for (unsigned i = 0; i < most; i++)
			above = add(above, 0, 8, BRIDGE);
		assert_int_equal(sb_pci_assign(&ecam, is_wanted),
				 most > SB_PCI_DEPTH_MAX ? SB_EUNSEEN : SB_OK);
	}
}

static void what_does_not_fit_has_no_address(void **state)
{
	(void)state;
	add(ROOT, 0, 8, WANTED);
	add(ROOT, 0, 16, WANTED);
	ecam.window[2].size = 0x100000;
	node[1].mask[1] = 0xfff00000; /* the whole window */
	node[2].mask[4] = 0;          /* 4 GiB, of 64 bits */
	node[2].mask[5] = 0xffffffff;
	node[2].mask[1] = 0x80000000;
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_int_equal(node[1].config[5], MEMORY);
	assert_int_equal(node[1].config[8], 12);
	assert_true(node[2].config[5] == 0 && node[2].config[8] == 12 && node[2].config[9] == 0);
	/* no window at all */
	setup(state);
	add(ROOT, 0, 8, WANTED);
	ecam.windows = 0;
	assert_int_equal(sb_pci_assign(&ecam, is_wanted), SB_OK);
	assert_true(node[1].config[4] == 1 && node[1].config[5] == 0);
}

/* Trees by a fixed seed, with bridges that take no number, registers that
   cannot be written, and functions of which every register is all-ones. */
static uint32_t next;
static uint32_t draw(uint32_t below)
{
	next = next * 1664525 + 1013904223;
	return (next >> 8) % below;
}

static void any_tree(void **state)
{
	for (uint32_t seed = 1; seed < 60; seed++) {
		setup(state);
		hostile = seed % 2;
		next = seed;
		ecam.pci.last = (uint8_t)(draw(3) ? 255 : 15);
		for (unsigned i = 2 + draw(40); i; i--) {
			unsigned above = draw(nodes + 1);
			uint32_t id = draw(3) ? BRIDGE : draw(2) ? WANTED : OTHER;
			unsigned slot = draw(32) << 3, bus, at;

			while (above < nodes && !is_bridge(&node[above]))
				above = draw(nodes + 1);
			bus = draw(3) ? 0 : 16 * draw(16);
			slot += draw(4) ? 0 : draw(8);
			at = add(above == nodes ? ROOT : above, bus, slot, id);
			node[at].config[3] |= draw(2) ? 0x800000 : 0;
			if (!hostile)
				continue;
			node[at].stuck = draw(4) == 0;
			if (draw(8) == 0)
				memset(&node[at].config[1], 0xff, sizeof node[at].config - 4);
			if (draw(8) == 0)
				memset(node[at].mask, draw(2) ? 0 : 0xff, sizeof node[at].mask);
		}
		(void)sb_pci_assign(&ecam, is_wanted);
		if (!hostile && seed % 4)
			assert_true(accesses < 40000);
		assert_true(accesses < 300000);
	}
}

static void *reach_all(uint64_t address, uint64_t size)
{
	assert_true(size && size <= 1u << 28);
	return address + size > address && address + size <= UINT32_MAX ? (void *)(uintptr_t)address
									: NULL;
}

/* Configuration space, and ports, as plain memory. */
static uint8_t space[4 * 4096] __attribute__((aligned(4)));
static uint64_t reached_at, reached_size;
static void *reach_space(uint64_t address, uint64_t size)
{
	reached_at = address;
	reached_size = size;
	return space;
}

static uint8_t table[2][128];
static const uint8_t *acpi_map(uint64_t address, uint32_t size)
{
	return address >= 4096 && address < 4096 + 256 && size <= 4096 + 256 - address
		       ? table[0] + (address - 4096)
		       : NULL;
}

static void sum(uint8_t *at)
{
	uint8_t all = 0;

	at[9] = 0;
	for (unsigned i = 0; i < at[4]; i++)
		all = (uint8_t)(all + at[i]);
	at[9] = (uint8_t)-all;
}

/* An XSDT with one table. */
static struct sb_acpi acpi_of(const char *signature, uint8_t len)
{
	static uint8_t root[8];
	struct sb_acpi acpi = { acpi_map, root, 1, 8 };

	root[1] = 4096 >> 8;
	memcpy(table[0], signature, 4);
	table[0][4] = len;
	sum(table[0]);
	return acpi;
}

static void windows_of_mcfg(void **state)
{
	struct sb_acpi acpi;
	uint8_t *entry = table[0] + 44;

	(void)state;
	memset(table, 0, sizeof table);
	entry[3] = 0xb0; /* segment 0, all buses */
	entry[11] = 255;
	entry[16 + 3] = 0xe0; /* segment 3, buses 16 to 31 */
	entry[16 + 8] = 3;
	entry[16 + 10] = 16;
	entry[16 + 11] = 31;
	acpi = acpi_of("MCFG", 44 + 32);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 0, reach_all), SB_OK);
	assert_true(ecam.config == 0xb0000000u && !ecam.segment);
	assert_true(ecam.pci.first == 0 && ecam.pci.last == 255 && !ecam.windows);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 1, reach_all), SB_OK);
	assert_true(ecam.config == 0xe1000000u && ecam.segment == 3);
	assert_true(ecam.pci.first == 16 && ecam.pci.last == 31);
	assert_ptr_equal(ecam.pci.map(&ecam.pci, 0x1000, 16), (void *)0x1000);
	/* outside of its buses there is nobody */
	assert_int_equal(ecam.pci.read(&ecam.pci, 15 << 8 | 255, 0), 0xffffffffu);
	assert_int_equal(ecam.pci.read(&ecam.pci, 32 << 8, 0), 0xffffffffu);
	ecam.pci.write(&ecam.pci, 32 << 8, 0, 0);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 2, reach_all), SB_ENODEV);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, UINT32_MAX / 16, reach_all), SB_ENODEV);
	entry[4] = 1;        /* above 4 GiB: out of reach */
	entry[16 + 10] = 32; /* the first behind the last */
	acpi = acpi_of("MCFG", 44 + 32);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 0, reach_all), SB_EUNSEEN);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 1, reach_all), SB_EUNSEEN);
	acpi = acpi_of("MCFG", 44 + 15);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 0, reach_all), SB_ENODEV);
	table[0][9] ^= 1;
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 0, reach_all), SB_EUNSEEN);
	acpi = acpi_of("MCFX", 44 + 32);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 0, reach_all), SB_ENODEV);
}

/* 4 KiB for each function, from the first bus on. */
static void configuration_space_in_memory(void **state)
{
	const struct sb_pci *pci = &ecam.pci;
	uint8_t *entry = table[0] + 44;
	struct sb_acpi acpi;

	(void)state;
	memset(table, 0, sizeof table);
	memset(space, 0, sizeof space);
	entry[3] = 0xb0;
	entry[8] = 5;
	entry[9] = 2;
	entry[10] = 16;
	entry[11] = 17;
	acpi = acpi_of("MCFG", 44 + 16);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 0, reach_space), SB_OK);
	assert_true(reached_at == 0xb1000000 && reached_size == 2u << 20);
	assert_int_equal(ecam.segment, 0x205);
	memcpy(space + 3 * 4096 + 8, "\x11\x22\x33\x44", 4);
	assert_int_equal(pci->read(pci, 16 << 8 | 3, 8), 0x44332211);
	assert_int_equal(pci->read(pci, 16 << 8 | 2, 8), 0);
	assert_int_equal(pci->read(pci, 15 << 8 | 255, 8), 0xffffffffu);
	assert_int_equal(pci->read(pci, 18 << 8, 8), 0xffffffffu);
	pci->write(pci, 16 << 8, 12, 0x8899aabb);
	assert_memory_equal(space + 12, "\xbb\xaa\x99\x88", 4);
	pci->write(pci, 15 << 8, 16, 1);
	pci->write(pci, 18 << 8, 16, 1);
	assert_int_equal(space[16], 0);
	assert_int_equal(pci->iommu(pci, 16 << 8), 0);
	assert_true(pci->map && !pci->in && !pci->out);
	entry[10] = 17; /* a single bus */
	acpi = acpi_of("MCFG", 44 + 16);
	assert_int_equal(sb_pci_ecam_mcfg(&ecam, &acpi, 0, reach_space), SB_OK);
	assert_true(reached_at == 0xb1100000 && reached_size == 1u << 20);
	assert_true(pci->first == 17 && pci->last == 17);
	assert_int_equal(pci->read(pci, 17 << 8 | 3, 8), 0x44332211);
}

static void iommus_of_acpi(void **state)
{
	static const char *const yes[] = { "DMAR", "IVRS", "VIOT" };
	struct sb_acpi acpi;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		acpi = acpi_of(yes[i], 48);
		assert_int_equal(sb_acpi_iommu(&acpi, SB_OK), 1);
		assert_int_equal(sb_acpi_iommu(&acpi, SB_ENODEV), 0);
		table[0][9] ^= 1; /* broken: nobody knows */
		assert_int_equal(sb_acpi_iommu(&acpi, SB_OK), 1);
	}
	acpi = acpi_of("APIC", 48);
	assert_int_equal(sb_acpi_iommu(&acpi, SB_OK), 0);
	assert_int_equal(sb_acpi_iommu(&acpi, SB_EIO), 1);
}

/* MCFG and DMAR of any bytes, with a checksum that is right. */
static void any_table(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed < 2000; seed++) {
		struct sb_acpi acpi;

		next = seed;
		for (unsigned i = 0; i < sizeof table[0]; i++)
			table[0][i] = (uint8_t)(draw(4) ? draw(256) : draw(2) ? 0 : 255);
		memset(table[0] + 4, 0, 4);
		acpi = acpi_of(seed % 2 ? "MCFG" : "DMAR", (uint8_t)draw(129));
		(void)sb_acpi_iommu(&acpi, SB_OK);
		for (unsigned n = 0; n < 8; n++) {
			int result = sb_pci_ecam_mcfg(&ecam, &acpi, n, reach_all);

			if (result == SB_OK)
				assert_true(ecam.pci.first <= ecam.pci.last);
		}
	}
}

/* A tree of two nodes, as dtc lays it out. */
static uint8_t blob[1024];
static uint32_t used, names;
static void cell(uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		blob[used++] = (uint8_t)(value >> (24 - 8 * i));
}

static void property(const char *name, const uint32_t *cells, unsigned count, const char *text)
{
	cell(3);
	cell(text ? (uint32_t)strlen(text) + 1 : 4 * count);
	cell(names - 768);
	strcpy((char *)blob + names, name);
	names += (uint32_t)strlen(name) + 1;
	for (unsigned i = 0; i < count; i++)
		cell(cells[i]);
	if (text) {
		strcpy((char *)blob + used, text);
		used += ((uint32_t)strlen(text) + 4) & ~3u;
	}
}

static uint32_t reg[6], ranges[35], buses[2], map[20];
static unsigned reg_cells = 4, range_cells, map_cells;

static int tree(unsigned n)
{
	struct sb_fdt fdt;
	uint32_t header[10] = { 0xd00dfeed, sizeof blob, 64, 768, 40, 17, 16, 0, 256, 704 };

	memset(blob, 0, sizeof blob);
	used = 0;
	names = 768;
	for (unsigned i = 0; i < 10; i++)
		cell(header[i]);
	used = 64;
	cell(1);
	cell(0);
	cell(1);
	cell(0x70000000);
	property("reg", reg, reg_cells, NULL);
	if (range_cells)
		property("ranges", ranges, range_cells, NULL);
	property("compatible", NULL, 0, "pci-host-ecam-generic");
	if (buses[1])
		property("bus-range", buses, 2, NULL);
	if (map_cells)
		property("iommu-map", map, map_cells, NULL);
	cell(2);
	cell(1); /* another one, without ranges */
	cell(0x71000000);
	property("reg", reg, 4, NULL);
	property("compatible", NULL, 0, "pci-host-ecam-generic");
	cell(2);
	cell(2);
	cell(9);
	assert_int_equal(sb_fdt_open(&fdt, blob, sizeof blob), SB_OK);
	return sb_pci_ecam_fdt(&ecam, &fdt, n, reach_all);
}

static void window_of_a_tree(void **state)
{
	/* QEMU's virt; and a window whose addresses differ */
	static const uint32_t virt[28] = {
		0x1000000, 0,    0,        0, 0x3eff0000, 0, 0x10000,    /* ports */
		0x2000000, 0,    1u << 28, 0, 1u << 28,   0, 0x2eff0000, /* of 32 bits */
		0x3000000, 0x80, 0,        0, 0x60000000, 0, 0x10000000, /* of 64 bits */
		0,         0,    0,        0, 0,          0, 16
	};

	(void)state;
	memcpy(ranges, virt, sizeof virt);
	memcpy(reg, (uint32_t[4]){ 0, 0x50000000, 0, 1u << 28 }, 4 * sizeof *reg);
	memset(buses, 0, sizeof buses);
	range_cells = 28;
	map_cells = 0;
	assert_int_equal(tree(0), SB_OK);
	assert_int_equal(tree(1), SB_EUNSEEN);
	assert_int_equal(tree(2), SB_ENODEV);
	assert_int_equal(tree(0), SB_OK);
	assert_true(ecam.config == 0x50000000 && ecam.windows == 3);
	assert_true(ecam.pci.first == 0 && ecam.pci.last == 255);
	assert_true(ecam.ports == 0x3eff0000 && ecam.pci.in && ecam.pci.out);
	assert_ptr_equal(ecam.pci.map(&ecam.pci, 1u << 28, 16), (void *)(1ul << 28));
	assert_ptr_equal(ecam.pci.map(&ecam.pci, 0x8000000010, 16), (void *)0x60000010);
	assert_ptr_equal(ecam.pci.map(&ecam.pci, 0x8000000000, 1u << 28), (void *)0x60000000);
	assert_null(ecam.pci.map(&ecam.pci, 0x8000000000, (1u << 28) + 1));
	assert_null(ecam.pci.map(&ecam.pci, 0, 16)); /* ports are no memory */
	assert_null(ecam.pci.map(&ecam.pci, 8, 8));  /* nor is what has no space */
	assert_null(ecam.pci.map(&ecam.pci, 0x3efefff8, 16));
	assert_ptr_equal(ecam.pci.map(&ecam.pci, 0x3efefff0, 16), (void *)0x3efefff0);
	buses[0] = 4;
	buses[1] = 20;
	assert_int_equal(tree(0), SB_OK);
	assert_true(ecam.pci.first == 4 && ecam.pci.last == 20);
	reg[3] = 17u << 20; /* of just so many buses */
	assert_int_equal(tree(0), SB_OK);
	reg[3]--;
	assert_int_equal(tree(0), SB_EUNSEEN);
	reg[3] = 1u << 28;
	buses[1] = 3;
	assert_int_equal(tree(0), SB_EUNSEEN);
	buses[1] = 256;
	assert_int_equal(tree(0), SB_EUNSEEN);
	buses[1] = 0;
	reg[0] = 0x40; /* out of reach */
	assert_int_equal(tree(0), SB_EUNSEEN);
	reg[0] = 0;
	reg_cells = 6; /* what is not understood */
	assert_int_equal(tree(0), SB_EUNSEEN);
	reg_cells = 4;
	range_cells = 27;
	assert_int_equal(tree(0), SB_EUNSEEN);
	range_cells = 0;
	assert_int_equal(tree(0), SB_EUNSEEN);
	range_cells = 14;
	/* sizes that wrap, here and there */
	memcpy(ranges,
	       (uint32_t[14]){ 0x2000000, 0, 16, 0xffffffff, 0xffffffff, 0, 16, 0x1000000,
			       0xffffffff, 0xffffffff, 0, 16, 0, 16 },
	       14 * sizeof *ranges);
	assert_int_equal(tree(0), SB_OK);
	assert_true(!ecam.windows && !ecam.pci.in);
	/* up to the last address but one */
	memcpy(ranges,
	       (uint32_t[14]){ 0x2000000, 0xffffffff, 0xffffffef, 0, 16, 0, 16, 0x2000000, 0, 16,
			       0xffffffff, 0xffffffef, 0, 16 },
	       14 * sizeof *ranges);
	assert_int_equal(tree(0), SB_OK);
	assert_int_equal(ecam.windows, 2);
	memset(ranges, 0, 7 * sizeof *ranges); /* of no space */
	assert_int_equal(tree(0), SB_OK);
	assert_int_equal(ecam.windows, 1);
	assert_true(ecam.window[0].pci == 16);
}

/* I/O space of a tree is memory: each access has its width. */
static void ports_in_memory(void **state)
{
	static const uint32_t behind_memory[21] = {
		0x2000000, 0, 0,      0, 0x3ecf0000, 0, 0x8000, /* not of ports */
		0x1000000, 0, 0x4000, 0, 0x3eef0000, 0, 32,     /* the first */
		0x1000000, 0, 0,      0, 0x3eff0000, 0, 16,
	};
	const struct sb_pci *pci = &ecam.pci;
	struct sb_fdt fdt;

	(void)state;
	memset(space, 0, sizeof space);
	memcpy(ranges, behind_memory, sizeof behind_memory);
	memcpy(reg, (uint32_t[4]){ 0, 0x50000000, 0, 1u << 28 }, 4 * sizeof *reg);
	memset(buses, 0, sizeof buses);
	range_cells = 21;
	map_cells = 0;
	(void)tree(0);
	assert_int_equal(sb_fdt_open(&fdt, blob, sizeof blob), SB_OK);
	assert_int_equal(sb_pci_ecam_fdt(&ecam, &fdt, 0, reach_space), SB_OK);
	assert_int_equal(ecam.windows, 3);
	assert_true(reached_at == 0x3eef0000 && reached_size == 32);
	memcpy(space + 16, "\x81\x92\xa3\xb4", 4);
	assert_int_equal(pci->in(pci, 0x4010, 1), 0x81);
	assert_int_equal(pci->in(pci, 0x4010, 2), 0x9281);
	assert_int_equal(pci->in(pci, 0x4010, 4), 0xb4a39281);
	pci->out(pci, 0x4010, 1, 0x11223344);
	assert_memory_equal(space + 16, "\x44\x92\xa3\xb4", 4);
	pci->out(pci, 0x4010, 2, 0x55667788);
	assert_memory_equal(space + 16, "\x88\x77\xa3\xb4", 4);
	pci->out(pci, 0x4010, 4, 0x99aabbcc);
	assert_memory_equal(space + 16, "\xcc\xbb\xaa\x99", 4);
}

/* The device names the port. None beside the window is looked for. */
static void ports_beside_the_window(void **state)
{
	static const uint32_t beside[] = { 0, 0x3fff, 0x401d, 0x4020, 0x8010, UINT32_MAX };
	uint8_t before[sizeof space];

	ports_in_memory(state);
	memcpy(before, space, sizeof space);
	for (unsigned i = 0; i < sizeof beside / sizeof beside[0]; i++) {
		assert_int_equal(ecam.pci.in(&ecam.pci, beside[i], 4), UINT32_MAX);
		ecam.pci.out(&ecam.pci, beside[i], 4, 0);
	}
	assert_memory_equal(space, before, sizeof space);
	ecam.pci.out(&ecam.pci, 0x401c, 4, 0x11223344);
	assert_memory_equal(space + 28, "\x44\x33\x22\x11", 4);
}

/* It is the first of ports. */
static void one_range_is_io_space(void **state)
{
	(void)state;
	memcpy(ranges, (uint32_t[21]){ 0x2000000, 0, 0, 0, 0x3ecf0000, 0, 0x8000, /* not of ports */
				       0x1000000, 0, 0, 0, 0x3edf0000, 0, 0x8000,
				       0x1000000, 0, 0, 0, 0x3eef0000, 0, 0x8000 },
	       21 * sizeof *ranges);
	memcpy(reg, (uint32_t[4]){ 0, 0x50000000, 0, 1u << 28 }, 4 * sizeof *reg);
	memset(buses, 0, sizeof buses);
	map_cells = 0;
	range_cells = 7;
	assert_int_equal(tree(0), SB_OK);
	assert_true(!ecam.ports && !ecam.pci.in && !ecam.pci.out);
	range_cells = 21;
	assert_int_equal(tree(0), SB_OK);
	assert_true(ecam.windows == 3 && ecam.ports == 0x3edf0000);
}

/* As many windows as there is room for. */
static void windows_of_a_tree(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 5; i++)
		memcpy(ranges + 7 * i,
		       (uint32_t[7]){ 0x2000000, 0, 0x10000000 * (i + 1), 0, 0x20000000 * (i + 1),
				      0, 0x1000000 },
		       7 * sizeof *ranges);
	memcpy(reg, (uint32_t[4]){ 0, 0x50000000, 0, 1u << 28 }, 4 * sizeof *reg);
	memset(buses, 0, sizeof buses);
	map_cells = 0;
	for (range_cells = 7; range_cells <= 35; range_cells += 7) {
		unsigned count = range_cells / 7;

		assert_int_equal(tree(0), SB_OK);
		assert_int_equal(ecam.windows, count < SB_PCI_WINDOWS ? count : SB_PCI_WINDOWS);
		for (unsigned i = 0; i < ecam.windows; i++) {
			assert_int_equal(ecam.window[i].space, SB_PCI_SPACE_32);
			assert_true(ecam.window[i].pci == 0x10000000u * (i + 1));
			assert_true(ecam.window[i].cpu == 0x20000000u * (i + 1));
			assert_true(ecam.window[i].size == 0x1000000);
			assert_ptr_equal(ecam.pci.map(&ecam.pci, ecam.window[i].pci, 16),
					 (void *)(uintptr_t)ecam.window[i].cpu);
		}
	}
}

static void iommu_of_a_tree(void **state)
{
	(void)state;
	memcpy(reg, (uint32_t[4]){ 0, 1u << 28, 0, 1u << 28 }, 4 * sizeof *reg);
	memset(ranges, 0, sizeof ranges);
	memset(buses, 0, sizeof buses);
	range_cells = 7;
	map_cells = 0;
	assert_int_equal(tree(0), SB_OK);
	assert_int_equal(ecam.pci.iommu(&ecam.pci, 8), 0);
	memcpy(map, (uint32_t[8]){ 0, 1, 0, 8, 0x10, 1, 0x10, 0xfff0 }, 8 * sizeof *map);
	map_cells = 8;
	assert_int_equal(tree(0), SB_OK);
	assert_true(ecam.pci.iommu(&ecam.pci, 7) && !ecam.pci.iommu(&ecam.pci, 8));
	assert_true(!ecam.pci.iommu(&ecam.pci, 15) && ecam.pci.iommu(&ecam.pci, 16));
	assert_true(ecam.pci.iommu(&ecam.pci, 0xffff));
	map_cells = 7; /* the last one is not whole */
	assert_int_equal(tree(0), SB_OK);
	assert_true(ecam.pci.iommu(&ecam.pci, 7) && !ecam.pci.iommu(&ecam.pci, 16));
	memset(map, 0, sizeof map);
	map_cells = 20;
	map[19] = 1; /* the fifth has one */
	assert_int_equal(tree(0), SB_OK);
	assert_true(ecam.pci.iommu(&ecam.pci, 0) && !ecam.pci.iommu(&ecam.pci, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(nothing_is_there, setup),
		cmocka_unit_test_setup(roots_and_bridges, setup),
		cmocka_unit_test_setup(a_firmware_was_here, setup),
		cmocka_unit_test_setup(what_a_firmware_leaves, setup),
		cmocka_unit_test_setup(each_bus_is_looked_at, setup),
		cmocka_unit_test_setup(windows_side_by_side, setup),
		cmocka_unit_test_setup(what_follows_fits, setup),
		cmocka_unit_test_setup(the_first_window_is_used, setup),
		cmocka_unit_test_setup(behind_a_bridge_it_goes_on, setup),
		cmocka_unit_test_setup(what_a_bridge_keeps, setup),
		cmocka_unit_test_setup(numbers_run_out, setup),
		cmocka_unit_test_setup(what_does_not_fit_has_no_address, setup),
		cmocka_unit_test_setup(any_tree, setup),
		cmocka_unit_test_setup(windows_of_mcfg, setup),
		cmocka_unit_test_setup(iommus_of_acpi, setup),
		cmocka_unit_test_setup(any_table, setup),
		cmocka_unit_test_setup(window_of_a_tree, setup),
		cmocka_unit_test_setup(configuration_space_in_memory, setup),
		cmocka_unit_test_setup(ports_in_memory, setup),
		cmocka_unit_test_setup(ports_beside_the_window, setup),
		cmocka_unit_test_setup(one_range_is_io_space, setup),
		cmocka_unit_test_setup(windows_of_a_tree, setup),
		cmocka_unit_test_setup(iommu_of_a_tree, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
