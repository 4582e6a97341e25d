/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's virt machine (QEMU docs/system/arm/virt; addresses: hw/arm/virt.c).
 * One CPU with interrupts masked, so there is no enter and no leave.
 */
#include "aarch64.h"
#include "gic.h"
#include "pl011.h"
#include "sb_aarch64.h"
#include "sb_cache_timing.h"
#include "sb_seed.h"
#include "virt.h"
#include "wfi.h"

/* The start of RAM. QEMU leaves the device tree there for an ELF image. */
#define VIRT_TREE ((void *)0x40000000)
#define VIRT_UART 0x09000000u

const char *board_facts;
const uintptr_t aarch64_uart = VIRT_UART;

/* QEMU fills the last slot first. */
const struct virt_places virt_places = {
	.slots = 0x0a000000,
	.slot_size = 0x200,
	.slot_count = 32,
	.reach = aarch64_reach,
	.is_ram = aarch64_is_ram,
};

static struct sb_aarch64_cpu virt_cpu = { .isar0 = sb_aarch64_isar0 };
/*
 * Fresh in each boot and reset. /chosen/kaslr-seed has another 8 bytes, which
 * are left alone: they are for the address layout, which leaks.
 */
static struct sb_seed_state virt_seed;
static struct sb_cache_timing_area virt_lines;
static struct sb_cache_timing_state virt_times = { SB_AARCH64_CACHE_TIMING, .area = &virt_lines };

void board_write(const char *text, size_t len)
{
	pl011_write(VIRT_UART, text, len);
}

_Noreturn void aarch64_main(void *tree)
{
	struct sb_fdt fdt;
	int found = sb_fdt_open(&fdt, tree ? tree : VIRT_TREE, AARCH64_TREE_MAX) == SB_OK;

	if (found) {
		sb_fdt_seed(&fdt, &virt_seed);
		virt_find_epoch(&fdt);
		virt_find_firmware(&fdt, sb_aarch64_smc, sb_aarch64_hvc);
		if (!virt_firmware.hvc)
			virt_cpu.smc = virt_firmware.call;
		gic_start_tree(&fdt, GIC_VIRTUAL_TIMER);
	}
	virt_find_rng(found ? &fdt : NULL);
	board_exit(constructors_main());
}

static uint16_t virt_distrust(void)
{
	return sb_aarch64_distrust(&virt_cpu);
}

/*
 * The seed counts in full, as virtio-rng does: it comes from the host's own
 * generator. Nobody recorded times here (docs/evidence), so they are not
 * counted.
 */
static const struct sb_source virt_sources[] = {
	SB_AARCH64_RNDRRS(&virt_cpu),      SB_AARCH64_RNDR(&virt_cpu),
	SB_SMCCC_TRNG(&virt_firmware),     SB_SMCCC_TRNG_HVC(&virt_firmware),
	SB_VIRTIO_RNG(&virt_rng[0]),       SB_VIRTIO_RNG_2(&virt_rng[1]),
	SB_SEED_HOST_AS(&virt_seed, 2048), SB_CACHE_TIMING_AS(&virt_times, 0),
};

const struct sb_hal sb_platform = {
	.cycles = sb_aarch64_cntvct,
	.cycle_bits = 56,
	.epoch = virt_epoch,
	.distrust = virt_distrust,
	.loop = &wfi_loop,
	.sources = virt_sources,
	.source_count = sizeof virt_sources / sizeof virt_sources[0],
};
