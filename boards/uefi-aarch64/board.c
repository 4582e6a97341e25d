/* SPDX-License-Identifier: BSD-2-Clause */
/* An application of UEFI firmware on 64-bit Arm, at EL1 or EL2. One CPU runs it; the firmware's interrupts do not call us, so neither enter nor leave.
   Whether this is a realm the firmware does not tell, and a monitor cannot be asked where there may be none: a board for Arm CCA has a distrust that says SB_HOST. */
#include "sb_aarch64.h"
#include "uefi.h"

struct sb_uefi board_uefi = { .counter = sb_aarch64_cntvct };

static const struct sb_aarch64_cpu uefi_cpu = { .isar0 = sb_aarch64_isar0 };
static struct sb_uefi_rng_state uefi_raw = { .uefi = &board_uefi };
static struct sb_uefi_rng_state uefi_raw_2 = { .uefi = &board_uefi };
static struct sb_uefi_rng_state uefi_drbg = { .uefi = &board_uefi };
static struct sb_uefi_rng_state uefi_rndr = { .uefi = &board_uefi };
static struct sb_uefi_rng_state uefi_other = { .uefi = &board_uefi };

/* 0, where the firmware did not write it down: it is measured. */
void board_find(void)
{
	board_uefi.hz = sb_aarch64_cntfrq();
}

static const struct sb_source uefi_sources[] = {
	SB_AARCH64_RNDRRS(&uefi_cpu), SB_AARCH64_RNDR(&uefi_cpu), SB_UEFI_RAW(&uefi_raw),
	SB_UEFI_RAW_2(&uefi_raw_2),   SB_UEFI_DRBG(&uefi_drbg),   SB_UEFI_RNDR(&uefi_rndr),
	SB_UEFI_OTHER(&uefi_other),
};

const struct sb_hal sb_platform = {
	.cycles = sb_aarch64_cntvct,
	.cycle_bits = 56,
	.loop = &board_loop,
	.sources = uefi_sources,
	.source_count = sizeof(uefi_sources) / sizeof(uefi_sources[0]),
};
