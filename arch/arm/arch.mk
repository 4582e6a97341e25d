# SPDX-License-Identifier: BSD-2-Clause
# 32-bit Arm, A-profile. No unaligned access, which faults while the MMU is off.
# No floating-point register: what an ISA's boards share may run in an interrupt
# that has not saved them, or where nobody has turned them on.
ARCH_CFLAGS := -mfloat-abi=soft -mno-unaligned-access
ARCH_NAME := 32-bit Arm
ARCH_WORD := 32 LE
ARCH_CROSS := arm-none-eabi-
# clang's enums are as small as gcc's with -fshort-enums, and it calls memcpy by
# that name with -meabi gnu.
ARCH_CFLAGS_CLANG := -meabi gnu -fshort-enums

# Thumb where it can reach the registers of CP15: from v7 on.
ISA_CFLAGS_armv5te := -march=armv5te -marm
ISA_CFLAGS_armv6 := -march=armv6 -marm
ISA_CFLAGS_armv7a := -march=armv7-a -mthumb
