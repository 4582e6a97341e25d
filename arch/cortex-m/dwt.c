/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_cortex_m.h"
#include "sb_hal.h"

#define DWT_CYCCNT 0xe0001004u /* DDI 0403, section C1.8.8 */

uint64_t sb_dwt_cycles(void)
{
	return sb_io_read32(DWT_CYCCNT);
}
SB_OWN(sb_dwt_cycles);
