/* SPDX-License-Identifier: BSD-2-Clause */
/* The same on a CPU of 32 bits. */
#include "riscv.c"
