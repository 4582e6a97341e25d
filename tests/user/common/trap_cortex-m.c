/* SPDX-License-Identifier: BSD-2-Clause */
/* 32-bit Arm in Thumb mode under Linux: system calls. Nothing traps. */
#include "call_arm.h"

__asm__(".globl _start\n.thumb_func\n_start:\n\tbl user_start");

void user_catch(void)
{
}
