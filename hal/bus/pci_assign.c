/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers of buses, and addresses, depth first: what lies below a bridge is one
 * run of numbers and one piece of each space. PCI-to-PCI Bridge Architecture
 * 1.2, section 3.2.5.
 */
#include "sb_pci_ecam.h"

/* primary | secondary << 8 | subordinate << 16 */
#define ASSIGN_BUSES 0x18
#define ASSIGN_PORTS 0x1c  /* base | limit << 8, in 256 bytes */
#define ASSIGN_MEMORY 0x20 /* base | limit << 16, in 64 KiB */
#define ASSIGN_PREFETCH 0x24
#define ASSIGN_PREFETCH_BASE 0x28
#define ASSIGN_PREFETCH_LIMIT 0x2c
#define ASSIGN_PORTS_HIGH 0x30
#define ASSIGN_BRIDGE_BARS 2u

/* A base above its limit: nothing is forwarded. */
#define ASSIGN_MEMORY_NONE 0x0000fff0u
#define ASSIGN_PORTS_NONE 0x00f0u

/* The two spaces that are assigned, and the grain of a bridge's window. */
enum { ASSIGN_IN_MEMORY, ASSIGN_IN_PORTS, ASSIGN_SPACES };
static const uint32_t assign_grain[ASSIGN_SPACES] = { 0x100000, 0x1000 };

struct assign {
	const struct sb_pci *pci;
	int (*wanted)(const struct sb_pci *pci, uint32_t function);
	uint64_t next[ASSIGN_SPACES], end[ASSIGN_SPACES];
	uint32_t bus;            /* the last number that was given */
	uint32_t most;           /* the last one that may be */
	uint32_t root[256 / 32]; /* buses that answered before any was numbered */
	int result;
	unsigned depth;
	struct assign_bridge {
		uint32_t function;
		uint64_t before[ASSIGN_SPACES], from[ASSIGN_SPACES];
	} bridge[SB_PCI_DEPTH_MAX];
};

static uint64_t assign_up(uint64_t address, uint64_t grain)
{
	return (address + grain - 1) & ~(grain - 1);
}

static int assign_is_bridge(const struct sb_pci *pci, uint32_t function)
{
	return (pci->read(pci, function, SB_PCI_HEADER) & SB_PCI_HEADER_TYPE) ==
	       SB_PCI_HEADER_BRIDGE;
}

/* Nonzero: a firmware has been at this function. */
static int assign_done(const struct sb_pci *pci, uint32_t function)
{
	int bridge = assign_is_bridge(pci, function);
	unsigned bars = bridge ? ASSIGN_BRIDGE_BARS : SB_PCI_BARS;

	if (bridge && pci->read(pci, function, ASSIGN_BUSES) >> 8 & 0xff)
		return 1;
	for (unsigned i = 0; i < bars; i++)
		if (pci->read(pci, function, SB_PCI_BAR0 + 4 * i) & ~15u)
			return 1;
	return 0;
}

/* Finds the roots. Nonzero: a firmware has been here. */
static int assign_look(struct assign *a)
{
	uint32_t function = SB_PCI_FUNCTION(a->pci->first, 0, 0);

	while (function < SB_PCI_FUNCTION(a->pci->last + 1u, 0, 0)) {
		int nobody = sb_pci_nobody(a->pci, function);

		if (!nobody) {
			if (assign_done(a->pci, function))
				return 1;
			a->root[function >> 13] |= 1u << (function >> 8 & 31);
		}
		function = sb_pci_next(a->pci, function, nobody);
	}
	return 0;
}

static int assign_is_root(const struct assign *a, uint32_t bus)
{
	return a->root[bus / 32] >> (bus % 32) & 1;
}

/* An address that does not fit is left out: the function has none then. */
static void assign_bars(struct assign *a, uint32_t function)
{
	struct sb_pci_bar bar[SB_PCI_BARS];

	sb_pci_measure(a->pci, function, bar, SB_PCI_BARS);
	for (unsigned i = 0; i < SB_PCI_BARS; i++) {
		unsigned space = bar[i].port ? ASSIGN_IN_PORTS : ASSIGN_IN_MEMORY;
		uint64_t at;

		if (!bar[i].size || bar[i].size > a->end[space])
			continue;
		at = assign_up(a->next[space], bar[i].size);
		if (at > a->end[space] - bar[i].size)
			continue;
		a->next[space] = at + bar[i].size;
		a->pci->write(a->pci, function, SB_PCI_BAR0 + 4 * i, (uint32_t)at);
		if (bar[i].wide)
			a->pci->write(a->pci, function, SB_PCI_BAR0 + 4 * i + 4, 0);
	}
}

/* Gives the bridge a number. The first function behind it is the next one. */
static uint32_t assign_enter(struct assign *a, uint32_t function)
{
	struct assign_bridge *bridge = &a->bridge[a->depth++];

	a->bus++;
	bridge->function = function;
	for (unsigned i = 0; i < ASSIGN_SPACES; i++) {
		bridge->before[i] = a->next[i];
		bridge->from[i] = a->next[i] = assign_up(a->next[i], assign_grain[i]);
	}
	a->pci->write(a->pci, function, ASSIGN_BUSES, function >> 8 | a->bus << 8 | a->most << 16);
	return SB_PCI_FUNCTION(a->bus, 0, 0);
}

/* The windows of a bridge are what was assigned below it. */
static uint32_t assign_leave(struct assign *a)
{
	const struct assign_bridge *bridge = &a->bridge[--a->depth];
	const struct sb_pci *pci = a->pci;
	uint32_t window[ASSIGN_SPACES] = { ASSIGN_MEMORY_NONE, ASSIGN_PORTS_NONE };
	uint32_t function = bridge->function, buses = pci->read(pci, function, ASSIGN_BUSES);
	uint32_t command = SB_PCI_COMMAND_MASTER;

	for (unsigned i = 0; i < ASSIGN_SPACES; i++) {
		uint32_t from = (uint32_t)bridge->from[i], last;

		if (a->next[i] == bridge->from[i]) {
			a->next[i] = bridge->before[i];
			continue;
		}
		a->next[i] = assign_up(a->next[i], assign_grain[i]);
		last = (uint32_t)(a->next[i] - 1);
		window[i] = i == ASSIGN_IN_MEMORY ? from >> 16 | (last & 0xffff0000u)
						  : from >> 8 | (last & 0xff00u);
		command |= i == ASSIGN_IN_MEMORY ? SB_PCI_COMMAND_MEMORY : SB_PCI_COMMAND_IO;
	}
	pci->write(pci, function, ASSIGN_BUSES, (buses & 0xff00ffffu) | a->bus << 16);
	pci->write(pci, function, ASSIGN_MEMORY, window[ASSIGN_IN_MEMORY]);
	pci->write(pci, function, ASSIGN_PORTS, window[ASSIGN_IN_PORTS]);
	pci->write(pci, function, ASSIGN_PORTS_HIGH, 0);
	pci->write(pci, function, ASSIGN_PREFETCH, ASSIGN_MEMORY_NONE);
	pci->write(pci, function, ASSIGN_PREFETCH_BASE, 0);
	pci->write(pci, function, ASSIGN_PREFETCH_LIMIT, 0);
	pci->write(pci, function, SB_PCI_COMMAND,
		   (pci->read(pci, function, SB_PCI_COMMAND) & 0xffff) | command);
	return sb_pci_next(pci, function, 0);
}

static uint32_t assign_one(struct assign *a, uint32_t function)
{
	int nobody = sb_pci_nobody(a->pci, function);

	if (!nobody && assign_is_bridge(a->pci, function)) {
		if (a->bus < a->most && a->depth < SB_PCI_DEPTH_MAX)
			return assign_enter(a, function);
		a->result = SB_EUNSEEN;
	} else if (!nobody && a->wanted(a->pci, function)) {
		assign_bars(a, function);
	}
	return sb_pci_next(a->pci, function, nobody);
}

/* All below one root. A step that leaves the bus it is on leaves its bridge. */
static void assign_root(struct assign *a, uint32_t root)
{
	uint32_t function = SB_PCI_FUNCTION(root, 0, 0), bus = root;

	a->bus = root;
	for (a->most = root; a->most < a->pci->last && !assign_is_root(a, a->most + 1);)
		a->most++;
	for (;;) {
		uint32_t depth = a->depth;

		function = assign_one(a, function);
		if (a->depth > depth)
			bus = function >> 8;
		while (function >> 8 != bus) {
			if (!a->depth)
				return;
			bus = a->bridge[a->depth - 1].function >> 8;
			function = assign_leave(a);
		}
	}
}

/* The first window of each space. 0 is no address: that is how one is told from
   a register that has none. */
static void assign_windows(struct assign *a, const struct sb_pci_ecam *ecam)
{
	for (unsigned i = 0; i < ecam->windows; i++) {
		const struct sb_pci_window *window = &ecam->window[i];
		unsigned space =
			window->space == SB_PCI_SPACE_PORT ? ASSIGN_IN_PORTS : ASSIGN_IN_MEMORY;
		uint64_t least = assign_grain[space],
			 end = (window->pci + window->size) & ~(least - 1);

		if (a->end[space] || window->space == SB_PCI_SPACE_64 || end > UINT32_MAX)
			continue;
		a->next[space] = window->pci < least ? least : window->pci;
		a->end[space] = end;
	}
}

int sb_pci_assign(const struct sb_pci_ecam *ecam,
		  int (*wanted)(const struct sb_pci *pci, uint32_t function))
{
	struct assign a = { .pci = &ecam->pci, .wanted = wanted };

	assign_windows(&a, ecam);
	if (assign_look(&a))
		return SB_OK;
	for (uint32_t bus = ecam->pci.first; bus <= ecam->pci.last; bus++)
		if (assign_is_root(&a, bus))
			assign_root(&a, bus);
	return a.result;
}
SB_OWN(sb_pci_assign);
