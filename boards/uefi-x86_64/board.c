/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An application of UEFI firmware on x86-64. One CPU runs it and the firmware's
 * interrupts do not call us, so there is no enter and no leave.
 */
#include "io.h"
#include "sb_cache_timing.h"
#include "sb_fw_cfg.h"
#include "sb_x86.h"
#include "uefi.h"

#define UEFI_FW_CFG_SELECT 0x510 /* QEMU docs/specs/fw_cfg, x86 */
#define UEFI_FW_CFG_DATA 0x511
#define UEFI_HYPERVISOR (1u << 31) /* CPUID leaf 1, ECX */

struct sb_uefi uefi_firmware = { .counter = sb_x86_tsc };

static struct sb_x86_leaves uefi_leaves;
static const struct sb_x86_cpu uefi_cpu = { .cpuid = sb_x86_cpuid,
					    .leaves = &uefi_leaves,
					    .msr = sb_x86_rdmsr };
static struct sb_uefi_rng_state uefi_raw = { .uefi = &uefi_firmware };
static struct sb_uefi_rng_state uefi_raw_2 = { .uefi = &uefi_firmware };
static struct sb_uefi_rng_state uefi_drbg = { .uefi = &uefi_firmware };
static struct sb_uefi_rng_state uefi_other = { .uefi = &uefi_firmware };

static void uefi_fw_cfg_select(uint16_t key)
{
	sb_io_out16(UEFI_FW_CFG_SELECT, key);
}

static uint8_t uefi_fw_cfg_next(void)
{
	return sb_io_in8(UEFI_FW_CFG_DATA);
}

/*
 * The generation id of QEMU (docs/specs/vmgenid). The ports of fw_cfg are
 * touched in a virtual machine only.
 */
void uefi_find(void)
{
	static const struct sb_fw_cfg cfg = { .select = uefi_fw_cfg_select,
					      .next = uefi_fw_cfg_next };
	uint64_t address;
	uint32_t reg[4];

	sb_x86_cpuid(1, 0, reg);
	if (reg[2] & UEFI_HYPERVISOR &&
	    sb_fw_cfg_address(&cfg, "etc/vmgenid_addr", &address) == SB_OK)
		sb_epoch_add(&uefi_places, SB_EPOCH_VMGENID, SB_EPOCH_FW_CFG, address, 16);
}

static uint16_t uefi_distrust(void)
{
	return sb_x86_distrust(&uefi_cpu);
}

static int uefi_flushes(void)
{
	return sb_x86_flushes(&uefi_cpu);
}

static struct sb_cache_timing_area uefi_lines;
static struct sb_cache_timing_state uefi_times = { .able = uefi_flushes,
						   SB_X86_CACHE_TIMING,
						   .area = &uefi_lines };

/* Nobody recorded times here (docs/evidence), so they are not counted. */
static const struct sb_source uefi_sources[] = {
	SB_X86_RDSEED(&uefi_cpu),           SB_X86_RDRAND(&uefi_cpu), SB_UEFI_RAW(&uefi_raw),
	SB_UEFI_RAW_2(&uefi_raw_2),         SB_UEFI_DRBG(&uefi_drbg), SB_UEFI_OTHER(&uefi_other),
	SB_CACHE_TIMING_AS(&uefi_times, 0),
};

const struct sb_hal sb_platform = {
	.cycles = sb_x86_tsc,
	.cycle_bits = 64,
	.epoch = uefi_epoch,
	.distrust = uefi_distrust,
	.loop = &uefi_loop,
	.sources = uefi_sources,
	.source_count = sizeof uefi_sources / sizeof uefi_sources[0],
};
