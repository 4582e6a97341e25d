/* SPDX-License-Identifier: BSD-2-Clause */
/* The same in little-endian code. */
#include "power.c"
