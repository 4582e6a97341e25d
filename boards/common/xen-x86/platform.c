/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest of Xen on x86, PV or PVH, once its pages are mapped. */
#include <string.h>
#include "constructors.h"
#include "io.h"
#include "sb_cache_timing.h"
#include "sb_seed.h"
#include "sb_vmgenid.h"
#include "sb_x86.h"
#include "x86.h"
#include "xen.h"

/*
 * The CPUID leaves of Xen, public/arch-x86/cpuid.h. They begin at the first of
 * these bases that has the signature of Xen.
 */
#define PLATFORM_LEAF_FIRST 0x40000000u
#define PLATFORM_LEAF_END 0x40010000u
#define PLATFORM_LEAF_STEP 0x100u
#define PLATFORM_LEAF_TIME 3 /* sub-leaf 0, EAX bit 0: RDTSC is emulated */

/* -device isa-debug-exit,iobase=0xf4: QEMU ends with (value << 1) | 1 */
#define PLATFORM_EXIT 0xf4
#define PLATFORM_EXIT_PASS 0x10u

static struct sb_x86_leaves platform_leaves;
static const struct sb_x86_cpu platform_cpu = {
	.cpuid = xen_cpuid, .leaves = &platform_leaves, .msr = x86_rdmsr, .msr_survives = 1
};
static uint8_t platform_handle[16];
static struct sb_seed_state platform_name = { .at = platform_handle };
static const volatile uint8_t *platform_guid;
static int platform_first, platform_tsc_is_xens;
static char platform_facts[32];

struct sb_xen xen_domain = { .hypercall = xen_hypercall, .counter = sb_x86_tsc };
const char *board_facts = platform_facts;

uint32_t xen_leaf(void)
{
	uint32_t reg[4];

	for (uint32_t leaf = PLATFORM_LEAF_FIRST; leaf < PLATFORM_LEAF_END;
	     leaf += PLATFORM_LEAF_STEP) {
		xen_cpuid(leaf, 0, reg);
		if (memcmp(reg + 1, "XenVMMXenVMM", 12) == 0)
			return leaf;
	}
	return 0;
}

void xen_stop(int status)
{
	if (platform_first)
		sb_io_out32(PLATFORM_EXIT, PLATFORM_EXIT_PASS + (unsigned)status);
}

static void platform_find_facts(void)
{
	uint32_t reg[4], leaf = xen_leaf();
	const char *clock;
	char *at;

	xen_cpuid(leaf + PLATFORM_LEAF_TIME, 0, reg);
	platform_tsc_is_xens = !leaf || reg[0] & 1;
	clock = platform_tsc_is_xens ? " tsc=emulated" : " tsc=native";
	at = xen_version(&xen_domain, platform_facts);
	memcpy(at, clock, strlen(clock) + 1);
}

_Noreturn void xen_main(int first, uint64_t shared[512])
{
	uint64_t address;

	platform_first = first;
	if (shared) {
		xen_domain.time = shared + SB_XEN_TIME_X86 / 8;
		xen_domain.pending = shared + SB_XEN_PENDING_X86 / 8;
	}
	(void)sb_xen_bind(&xen_domain);
	if (sb_xen_handle(&xen_domain, platform_handle) == SB_OK)
		platform_name.len = sizeof platform_handle;
	/* Only PVH has this parameter. PVH maps the first 4 GiB one to one. */
	if (sb_xen_param(&xen_domain, SB_XEN_GENERATION_ADDRESS, &address) == SB_OK)
		platform_guid = address <= UINT32_MAX - 16
					? (const volatile uint8_t *)(uintptr_t)address
					: SB_VMGENID_BEYOND;
	platform_find_facts();
	board_exit(constructors_main());
}

static int platform_epoch(uint8_t id[16])
{
	return sb_vmgenid_read(platform_guid, id);
}

/* A counter that Xen answers has Xen's times. */
static uint16_t platform_distrust(void)
{
	uint16_t distrust = sb_x86_distrust(&platform_cpu);

	return platform_tsc_is_xens ? (distrust & SB_HOST) | SB_TIMING : distrust;
}

static int platform_flushes(void)
{
	return sb_x86_flushes(&platform_cpu);
}

static struct sb_cache_timing_area platform_lines;
static struct sb_cache_timing_state platform_times = { .able = platform_flushes,
						       SB_X86_CACHE_TIMING,
						       .area = &platform_lines };

/*
 * The name of the domain is mixed without credit. Two domains differ by it even
 * if all else fails. Nobody recorded times here (docs/evidence), so they are
 * not counted.
 */
static const struct sb_source platform_sources[] = {
	SB_X86_RDSEED(&platform_cpu),
	SB_X86_RDRAND(&platform_cpu),
	SB_SEED_HOST_AS(&platform_name, 0),
	SB_CACHE_TIMING_AS(&platform_times, 0),
};

/* One CPU without interrupts, so there is no enter and no leave. */
const struct sb_hal sb_platform = {
	.cycles = sb_x86_tsc,
	.cycle_bits = 64,
	.epoch = platform_epoch,
	.distrust = platform_distrust,
	.loop = &xen_loop,
	.sources = platform_sources,
	.source_count = sizeof platform_sources / sizeof platform_sources[0],
};
