/* SPDX-License-Identifier: BSD-2-Clause */
/* The same in Arm state, with the barrier of v5. */
#include "arm.c"
