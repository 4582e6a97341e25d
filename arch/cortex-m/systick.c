/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_cortex_m.h"
#include "sb_hal.h"

/* Current value: DDI 0403 and DDI 0419, section B3.3.5. */
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
