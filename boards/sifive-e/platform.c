/* SPDX-License-Identifier: BSD-2-Clause */
/* One hart and no task switch, so there is no enter and no leave. */
#include "sb_riscv.h"
#include "seed_window.h"
#include "wfi.h"

static const struct sb_source fe310_sources[] = { SEED_WINDOW };

const struct sb_hal sb_platform = {
	.cycles = sb_riscv_mcycle,
	.cycle_bits = 64,
	.loop = &wfi_loop,
	.sources = fe310_sources,
	.source_count = sizeof fe310_sources / sizeof fe310_sources[0],
};
