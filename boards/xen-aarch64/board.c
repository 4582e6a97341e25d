/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A domain of Xen on 64-bit Arm. It has one virtual CPU with interrupts masked,
 * so there is no enter and no leave.
 *
 * Xen makes a device tree for the domain, which says what it has. The first
 * domain has the machine's own devices. A domain that Xen starts from its own
 * device tree has a UART of Xen's.
 */
#include <string.h>
#include "aarch64.h"
#include "gic.h"
#include "pl011.h"
#include "sb_aarch64.h"
#include "sb_cache_timing.h"
#include "sb_seed.h"
#include "sb_smccc_trng.h"
#include "sb_virtio.h"
#include "wfi.h"
#include "xen.h"

/* Where QEMU leaves the tree for an ELF image. Xen passes an address. */
#define XENARM_RAM ((void *)0x40000000)
#define XENARM_VERSION 17       /* public/xen.h: xen_version */
#define XENARM_FEATURES 6       /* public/version.h: XENVER_get_features */
#define XENARM_FIRST (1u << 11) /* public/features.h: XENFEAT_dom0 */
/* XENFEAT_direct_mapped: addresses of the domain are those of the machine */
#define XENARM_DIRECT (1u << 17)

const char *board_facts;
const uintptr_t aarch64_uart; /* 0 */

static long xenarm_hypercall(unsigned number, uintptr_t a, uintptr_t b, uintptr_t c);

static struct sb_xen xenarm_xen = { .hypercall = xenarm_hypercall };
static const struct sb_aarch64_cpu xenarm_cpu = { .isar0 = sb_aarch64_isar0 };
/* By HVC, as Xen tells in each tree that it makes. It takes no SMC. */
static struct sb_smccc xenarm_firmware;
static struct sb_virtio_pages xenarm_rng_pages;
static struct sb_virtio_rng_state xenarm_rng;
/*
 * Only a first domain has a seed, which is the machine's. The maker of the
 * machine knows it, and so does Xen: its copy of the tree is not erased.
 */
static struct sb_seed_state xenarm_seed;
static struct sb_cache_timing_area xenarm_lines;
static struct sb_cache_timing_state xenarm_times = { SB_AARCH64_CACHE_TIMING,
						     .area = &xenarm_lines };
static uintptr_t xenarm_uart; /* 0: the hypervisor's console */

/*
 * public/arch-arm.h: x16 is the number, x0 to x4 are arguments, x0 is the
 * answer. All five and x16 may change.
 */
static long xenarm_hypercall(unsigned number, uintptr_t a, uintptr_t b, uintptr_t c)
{
	register uintptr_t x0 __asm__("x0") = a;
	register uintptr_t x1 __asm__("x1") = b;
	register uintptr_t x2 __asm__("x2") = c;
	register uintptr_t x16 __asm__("x16") = number;

	__asm__ volatile("hvc #0xea1"
			 : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x16)
			 :
			 : "x3", "x4", "memory");
	return (long)x0;
}

void board_write(const char *text, size_t len)
{
	if (xenarm_uart)
		pl011_write(xenarm_uart, text, len);
	else
		sb_xen_write(&xenarm_xen, text, len);
}

static void xenarm_find_uart(const struct sb_fdt *tree)
{
	struct sb_fdt_value reg;

	if (sb_fdt_find(tree, "arm,sbsa-uart", 0, "reg", &reg) == SB_OK)
		xenarm_uart = (uintptr_t)sb_fdt_cells(&reg, 0);
}

/*
 * The first domain has devices of the machine, and they write to addresses of
 * the machine. If the domain's addresses differ, the device would write into
 * memory that is not ours.
 */
static int xenarm_reaches_us(uint32_t features)
{
	return !(features & XENARM_FIRST) || features & XENARM_DIRECT;
}

static void xenarm_find_rng(const struct sb_fdt *tree)
{
	static const char *const name[] = { "reg", "iommus" };
	struct sb_fdt_value value[2];
	uint32_t at = 0;

	xenarm_rng.pages = &xenarm_rng_pages;
	while (sb_fdt_each(tree, "virtio,mmio", &at, name, value, 2) == SB_OK)
		if (sb_virtio_mmio_find(&xenarm_rng, (uintptr_t)sb_fdt_cells(&value[0], 0), 0, 1) ==
		    SB_OK) {
			/* grants of Xen count as an IOMMU: xen,grant-dma */
			xenarm_rng.iommu = value[1].at != NULL;
			return;
		}
}

/*
 * If Xen does not answer, take the features of the domain that may use the
 * least.
 */
static uint32_t xenarm_features(void)
{
	/* word number 0 of the features, and the answer of Xen */
	uint32_t word[2] = { 0, 0 };

	return xenarm_hypercall(XENARM_VERSION, XENARM_FEATURES, (uintptr_t)word, 0) < 0
		       ? XENARM_FIRST
		       : word[1];
}

static void xenarm_find_facts(uint32_t features)
{
	static char facts[48];
	const char *domain = features & XENARM_FIRST ? " domain=first" : " domain=other";

	memcpy(xen_version(&xenarm_xen, facts), domain, strlen(domain) + 1);
	board_facts = facts;
}

/*
 * Until Xen has answered, the console is that of a machine without it, a PL011
 * that /chosen names.
 */
static void xenarm_need_xen(const struct sb_fdt *tree)
{
	struct sb_fdt_value path, reg;

	if (tree && sb_fdt_get(tree, "/chosen", "stdout-path", &path) == SB_OK && path.len &&
	    !path.at[path.len - 1] &&
	    sb_fdt_get(tree, (const char *)path.at, "reg", &reg) == SB_OK && reg.len >= 8)
		xenarm_uart = (uintptr_t)sb_fdt_cells(&reg, 0);
	if (sb_xen_version(&xenarm_xen) < 0) {
		board_write("start: this is not Xen\n", 23);
		board_exit(1);
	}
	xenarm_uart = 0;
}

_Noreturn void aarch64_main(void *tree)
{
	struct sb_fdt fdt;
	int found = sb_fdt_open(&fdt, tree ? tree : XENARM_RAM, AARCH64_TREE_MAX) == SB_OK;
	uint32_t features;

	xenarm_need_xen(found ? &fdt : NULL);
	features = xenarm_features();
	xenarm_rng.unseen = !found || !xenarm_reaches_us(features);
	xenarm_find_facts(features);
	if (found) {
		xenarm_find_uart(&fdt);
		if (xenarm_reaches_us(features))
			xenarm_find_rng(&fdt);
		sb_fdt_seed(&fdt, &xenarm_seed);
		sb_smccc_find(&xenarm_firmware, &fdt, NULL, sb_aarch64_hvc);
		gic_start_tree(&fdt, GIC_VIRTUAL_TIMER);
	}
	board_exit(constructors_main());
}

/*
 * The seed counts in full, as on the machine itself: it comes from the host's
 * own generator. Nobody recorded times here (docs/evidence), so they are not
 * counted.
 */
static const struct sb_source xenarm_sources[] = {
	SB_AARCH64_RNDRRS(&xenarm_cpu),      SB_AARCH64_RNDR(&xenarm_cpu),
	SB_SMCCC_TRNG_HVC(&xenarm_firmware), SB_VIRTIO_RNG(&xenarm_rng),
	SB_SEED_HOST_AS(&xenarm_seed, 2048), SB_CACHE_TIMING_AS(&xenarm_times, 0),
};

/*
 * The loop is that of the bare machine. WFI traps to Xen, which blocks the
 * virtual CPU until one of its interrupts is pending, masked or not. That is
 * the virtual timer's or board_event's. SCHEDOP_poll would want its deadline in
 * Xen's time, which a domain on arm64 cannot read.
 */
const struct sb_hal sb_platform = {
	.cycles = sb_aarch64_cntvct,
	.cycle_bits = 56,
	.loop = &wfi_loop,
	.sources = xenarm_sources,
	.source_count = sizeof xenarm_sources / sizeof xenarm_sources[0],
};
