/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An application of UEFI firmware on 64-bit Arm, at EL1 or EL2. One CPU runs it
 * and the firmware's interrupts do not call us, so there is no enter and no
 * leave.
 *
 * The firmware does not tell whether this is a realm. A monitor cannot be
 * asked, because there may be none. A board for Arm CCA has a distrust that
 * says SB_HOST.
 */
#include "sb_aarch64.h"
#include "sb_cache_timing.h"
#include "uefi.h"

struct sb_uefi uefi_firmware = { .counter = sb_aarch64_cntvct };

static const struct sb_aarch64_cpu uefi_cpu = { .isar0 = sb_aarch64_isar0 };
static struct sb_uefi_rng_state uefi_raw = { .uefi = &uefi_firmware };
static struct sb_uefi_rng_state uefi_raw_2 = { .uefi = &uefi_firmware };
static struct sb_uefi_rng_state uefi_drbg = { .uefi = &uefi_firmware };
static struct sb_uefi_rng_state uefi_rndr = { .uefi = &uefi_firmware };
static struct sb_uefi_rng_state uefi_other = { .uefi = &uefi_firmware };

/* 0 if the firmware did not write the frequency down. Then it is measured. */
void uefi_find(void)
{
	uefi_firmware.hz = sb_aarch64_cntfrq();
}

static struct sb_cache_timing_area uefi_lines;
static struct sb_cache_timing_state uefi_times = { SB_AARCH64_CACHE_TIMING, .area = &uefi_lines };

/* Nobody recorded times here (docs/evidence), so they are not counted. */
static const struct sb_source uefi_sources[] = {
	SB_AARCH64_RNDRRS(&uefi_cpu), SB_AARCH64_RNDR(&uefi_cpu),         SB_UEFI_RAW(&uefi_raw),
	SB_UEFI_RAW_2(&uefi_raw_2),   SB_UEFI_DRBG(&uefi_drbg),           SB_UEFI_RNDR(&uefi_rndr),
	SB_UEFI_OTHER(&uefi_other),   SB_CACHE_TIMING_AS(&uefi_times, 0),
};

const struct sb_hal sb_platform = {
	.cycles = sb_aarch64_cntvct,
	.cycle_bits = 56,
	.epoch = uefi_epoch,
	.loop = &uefi_loop,
	.sources = uefi_sources,
	.source_count = sizeof uefi_sources / sizeof uefi_sources[0],
};
