/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's virt machine (QEMU docs/system/arm/virt; addresses: hw/arm/virt.c).
 * One CPU with interrupts masked, so there is no enter and no leave.
 */
#include "arm.h"
#include "gic.h"
#include "pl011.h"
#include "sb_arm.h"
#include "sb_hal.h"
#include "virt.h"
#include "wfi.h"

/* The start of RAM. QEMU leaves the device tree there for an ELF image. */
#define VIRT_RAM 0x40000000u
#define VIRT_TREE ((void *)VIRT_RAM)
#define VIRT_TREE_MAX 0x200000u
#define VIRT_UART 0x09000000u

const char *board_facts;

/* The MMU is off: an address is what it is. Devices are below the RAM. */
static void *virt_reach(uint64_t address, uint64_t size)
{
	return size && address < VIRT_RAM && size <= VIRT_RAM - address ? (void *)(uintptr_t)address
									: NULL;
}

static int virt_is_ram(uint64_t address)
{
	return address >= VIRT_RAM && address <= UINT32_MAX && arm_is_memory((uintptr_t)address);
}

/* QEMU fills the last slot first. */
const struct virt_places virt_places = {
	.slots = 0x0a000000,
	.slot_size = 0x200,
	.slot_count = 32,
	.reach = virt_reach,
	.is_ram = virt_is_ram,
};

/* Fresh in each boot and reset. */
static struct sb_seed_state virt_seed;

void board_write(const char *text, size_t len)
{
	pl011_write(VIRT_UART, text, len);
}

_Noreturn void arm_main(void *tree)
{
	struct sb_fdt fdt;
	int found = sb_fdt_open(&fdt, tree ? tree : VIRT_TREE, VIRT_TREE_MAX) == SB_OK;

	if (found) {
		sb_fdt_seed(&fdt, &virt_seed);
		virt_find_epoch(&fdt);
		virt_find_firmware(&fdt, sb_arm_smc, sb_arm_hvc);
		gic_start_tree(&fdt, GIC_VIRTUAL_TIMER);
	}
	virt_find_rng(found ? &fdt : NULL);
	board_exit(constructors_main());
}

/*
 * The seed counts in full, as virtio-rng does: it comes from the host's own
 * generator.
 */
static const struct sb_source virt_sources[] = {
	SB_SMCCC_TRNG(&virt_firmware),     SB_SMCCC_TRNG_HVC(&virt_firmware),
	SB_VIRTIO_RNG(&virt_rng[0]),       SB_VIRTIO_RNG_2(&virt_rng[1]),
	SB_SEED_HOST_AS(&virt_seed, 2048),
};

const struct sb_hal sb_platform = {
	.cycles = sb_arm_cntvct,
	.cycle_bits = 56,
	.epoch = virt_epoch,
	.loop = &wfi_loop,
	.sources = virt_sources,
	.source_count = sizeof virt_sources / sizeof virt_sources[0],
};
