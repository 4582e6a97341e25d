/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_cortex_m.h"
#include "sb_hal.h"

/* DDI 0403 and DDI 0419, sections B3.3.3 to B3.3.5. */
#define SYSTICK_SYST_CSR 0xe000e010u
#define SYSTICK_SYST_CSR_ENABLE 1u
#define SYSTICK_SYST_RVR 0xe000e014u
#define SYSTICK_SYST_CVR 0xe000e018u

/* The timer counts down. It stands at 0 for the last tick of a round, when its
   exception becomes pending. In the negated value, 0 and the exception both
   begin a round. So a board that counts exceptions is never a round ahead of
   the counter. */
uint64_t sb_systick_cycles(void)
{
	return (0 - sb_io_read32(SYSTICK_SYST_CVR)) & SB_SYSTICK_RELOAD;
}
SB_OWN(sb_systick_cycles);

uint8_t sb_systick_bits(void)
{
	uint32_t values = (sb_io_read32(SYSTICK_SYST_RVR) & SB_SYSTICK_RELOAD) + 1;
	uint32_t first = sb_io_read32(SYSTICK_SYST_CVR), polls = 0;
	uint8_t bits = 0;

	if (!(sb_io_read32(SYSTICK_SYST_CSR) & SYSTICK_SYST_CSR_ENABLE))
		return 0;
	while (sb_io_read32(SYSTICK_SYST_CVR) == first)
		if (++polls == SB_SYSTICK_POLLS)
			return 0;
	while (values >>= 1)
		bits++;
	return bits;
}
SB_OWN(sb_systick_bits);
