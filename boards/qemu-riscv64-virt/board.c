/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's virt machine (QEMU docs/system/riscv/virt; addresses: hw/riscv/virt.c)
 * in 32 and 64 bits, in M-mode and under an SBI firmware.
 */
#include "riscv_virt.h"
#include "sb_fdt_riscv.h"

#define VIRT_UART 0x10000000u
#define VIRT_FINISHER 0x100000u

const char *board_facts;

/* There is no MMU in the way. */
static void *virt_reach(uint64_t address, uint64_t size)
{
	return size && address + (size - 1) >= address && address + (size - 1) <= UINTPTR_MAX
		       ? (void *)(uintptr_t)address
		       : NULL;
}

/* QEMU fills the last slot first. */
const struct virt_places virt_places = {
	.slots = 0x10001000,
	.slot_size = 0x1000,
	.slot_count = 8,
	.reach = virt_reach,
};

struct sb_riscv_zkr_state virt_zkr = { .mode = RISCV_MODE, .guarded = riscv_guarded };
struct sb_seed_state virt_seed;

static int virt_told; /* the tree says that the CPU has Zicbom */

static uintptr_t virt_flush_once(void)
{
	sb_riscv_flush_block(&virt_times);
	return 0;
}

/* Below M-mode the firmware must allow it, so the first one may trap. */
static int virt_flushes(void)
{
	uintptr_t nothing;

	return virt_told && riscv_guarded(virt_flush_once, &nothing) == SB_OK;
}

static struct sb_cache_timing_area virt_lines;
struct sb_cache_timing_state virt_times = { .able = virt_flushes,
					    .cycles = RISCV_CYCLES,
					    .cycle_bits = 64,
					    .flush = sb_riscv_flush_block,
					    .fence = sb_riscv_fence,
					    .area = &virt_lines };

_Noreturn void riscv_main(void *tree, int wrong)
{
	struct sb_fdt fdt;
	int found = tree && sb_fdt_open(&fdt, tree, RISCV_TREE_MAX) == SB_OK;

	riscv_soc_start(found ? &fdt : NULL, VIRT_UART, VIRT_FINISHER);
	if (wrong)
		riscv_wrong_mode();
	riscv_mode_start(found ? &fdt : NULL);
	riscv_timer_start(found ? riscv_timebase(&fdt) : 0);
	if (found) {
		virt_told = sb_fdt_riscv_block(&fdt) != 0;
		virt_zkr.told = sb_fdt_riscv_has(&fdt, "zkr", "zk") != 0;
		sb_fdt_seed(&fdt, &virt_seed);
	}
	virt_find_rng(found ? &fdt : NULL);
	riscv_run();
}
