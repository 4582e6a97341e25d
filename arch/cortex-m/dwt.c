/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_cortex_m.h"
#include "sb_hal.h"

/* DDI 0403, sections C1.6.5, C1.8.7 and C1.8.8. */
#define DWT_DEMCR 0xe000edfcu
#define DWT_DEMCR_TRCENA (1u << 24)
#define DWT_CTRL 0xe0001000u
#define DWT_CTRL_CYCCNTENA 1u
#define DWT_CTRL_NOCYCCNT (1u << 25)
#define DWT_CYCCNT 0xe0001004u
/* DDI 0553, section D1.2: the software lock, which Cortex-M7 has as well. */
#define DWT_LAR 0xe0001fb0u
#define DWT_LAR_KEY 0xc5acce55u
#define DWT_LSR 0xe0001fb4u
#define DWT_LSR_LOCKED 2u

uint8_t sb_dwt_start(void)
{
	uint32_t first;

	/* No register of the DWT may be touched before this one. */
	sb_io_write32(DWT_DEMCR, sb_io_read32(DWT_DEMCR) | DWT_DEMCR_TRCENA);
	if (sb_io_read32(DWT_LSR) & DWT_LSR_LOCKED)
		sb_io_write32(DWT_LAR, DWT_LAR_KEY);
	if (sb_io_read32(DWT_CTRL) & DWT_CTRL_NOCYCCNT)
		return 0;
	sb_io_write32(DWT_CTRL, sb_io_read32(DWT_CTRL) | DWT_CTRL_CYCCNTENA);
	first = sb_io_read32(DWT_CYCCNT);
	for (uint32_t polls = 0; polls < SB_DWT_POLLS; polls++)
		if (sb_io_read32(DWT_CYCCNT) != first)
			return 32;
	return 0;
}
SB_OWN(sb_dwt_start);

uint64_t sb_dwt_cycles(void)
{
	return sb_io_read32(DWT_CYCCNT);
}
SB_OWN(sb_dwt_cycles);
