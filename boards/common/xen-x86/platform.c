/* SPDX-License-Identifier: BSD-2-Clause */
/* A Xen guest on x86, PV or PVH, once its pages are mapped. */
#include <string.h>
#include "io.h"
#include "sb_seed.h"
#include "sb_vmgenid.h"
#include "sb_x86.h"
#include "x86_trap.h"
#include "xen.h"

/* Xen's CPUID leaves, public/arch-x86/cpuid.h: from the first of these bases that says so */
#define XEN_LEAF_FIRST 0x40000000u
#define XEN_LEAF_END 0x40010000u
#define XEN_LEAF_STEP 0x100u
#define XEN_LEAF_TIME 3 /* sub-leaf 0, EAX bit 0: RDTSC is emulated */

#define DEBUG_EXIT 0xf4 /* -device isa-debug-exit,iobase=0xf4: QEMU ends with (value << 1) | 1 */
#define DEBUG_EXIT_PASS 0x10u

int main(void);

static const struct sb_x86_cpu xen_cpu = { .cpuid = board_cpuid,
					   .msr = board_rdmsr,
					   .msr_survives = 1 };
static uint8_t xen_handle[16];
static struct sb_seed_state xen_name = { .at = xen_handle };
static const volatile uint8_t *xen_guid;
static int xen_first;
static char xen_facts[32];

struct sb_xen board_xen = { .hypercall = board_hypercall, .counter = sb_x86_tsc };
const char *board_facts = xen_facts;

uint32_t board_xen_leaf(void)
{
	uint32_t leaf, reg[4];

	for (leaf = XEN_LEAF_FIRST; leaf < XEN_LEAF_END; leaf += XEN_LEAF_STEP) {
		board_cpuid(leaf, 0, reg);
		if (memcmp(reg + 1, "XenVMMXenVMM", 12) == 0)
			return leaf;
	}
	return 0;
}

void board_stop(int status)
{
	if (xen_first)
		sb_io_out32(DEBUG_EXIT, DEBUG_EXIT_PASS + (unsigned)status);
}

static void xen_find_facts(void)
{
	uint32_t reg[4], leaf = board_xen_leaf();
	const char *clock;
	char *at;

	board_cpuid(leaf + XEN_LEAF_TIME, 0, reg);
	clock = leaf && !(reg[0] & 1) ? " tsc=native" : " tsc=emulated";
	at = board_xen_version(&board_xen, xen_facts);
	memcpy(at, clock, strlen(clock) + 1);
}

_Noreturn void board_main(int first, uint64_t shared[512])
{
	uint64_t address;

	xen_first = first;
	if (shared) {
		board_xen.time = shared + SB_XEN_TIME_X86 / 8;
		board_xen.pending = shared + SB_XEN_PENDING_X86 / 8;
	}
	(void)sb_xen_bind(&board_xen);
	if (sb_xen_handle(&board_xen, xen_handle) == SB_OK)
		xen_name.len = sizeof(xen_handle);
	if (sb_xen_param(&board_xen, SB_XEN_GENERATION_ADDRESS, &address) ==
	    SB_OK) /* only PVH has it, and maps 4 GiB one to one */
		xen_guid = address <= UINT32_MAX - 16 ? (const volatile uint8_t *)(uintptr_t)address
						      : SB_VMGENID_BEYOND;
	xen_find_facts();
	board_exit(main());
}

static int xen_epoch(uint8_t id[16])
{
	return sb_vmgenid_read(xen_guid, id);
}

static uint8_t xen_distrust(void)
{
	return sb_x86_distrust(&xen_cpu);
}

/* The domain's name is mixed for what it is worth: two domains differ even if all else fails. */
static const struct sb_source xen_sources[] = {
	SB_X86_RDSEED(&xen_cpu),
	SB_X86_RDRAND(&xen_cpu),
	SB_SEED_HOST_AS(&xen_name, 0),
};

/* One CPU, no interrupts: neither enter nor leave. */
const struct sb_hal sb_platform = {
	.cycles = sb_x86_tsc,
	.cycle_bits = 64,
	.epoch = xen_epoch,
	.distrust = xen_distrust,
	.loop = &board_loop,
	.sources = xen_sources,
	.source_count = sizeof(xen_sources) / sizeof(xen_sources[0]),
};
