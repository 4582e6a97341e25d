/* SPDX-License-Identifier: BSD-2-Clause */
#include "tick_mips.h"
