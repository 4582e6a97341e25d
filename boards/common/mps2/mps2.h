/* SPDX-License-Identifier: BSD-2-Clause */
/* What the boards of Arm's MPS2 and MPS3 share, and what each adds to it. */
#ifndef MPS2_H
#define MPS2_H

#include "cortex_m.h"
#include "seed_window.h"
#include "systick.h"

/* Each board defines its alarm: a CMSDK APB timer, DDI 0479 section 4.5. */
struct mps2_alarm {
	uintptr_t timer;
	uint32_t irq;
	uint32_t tick; /* in ns: it may ring early, so at least what is true */
};
extern const struct mps2_alarm mps2_alarm;

/* A board calls them in cortex_m_setup and in cortex_m_interrupt. */
void mps2_setup(void);
void mps2_interrupt(unsigned exception);

#endif
