/* SPDX-License-Identifier: BSD-2-Clause */
/* What board.c found, for platform.c. */
#ifndef LOONGARCH_VIRT_H
#define LOONGARCH_VIRT_H

#include "loongarch.h"
#include "sb_loongarch.h"
#include "virt.h"

extern struct sb_seed_state virt_seed; /* fresh in each boot and reset */

#endif
