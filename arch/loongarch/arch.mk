# SPDX-License-Identifier: BSD-2-Clause
# LoongArch of 64 bits without a register of floating point, which is an ABI of
# its own. No access is unaligned, which some CPUs do not have.
ARCH_CFLAGS := -mstrict-align -fno-asynchronous-unwind-tables
# Debian 12 has no gcc for it.
ARCH_CLANG := 19
ARCH_WITHOUT_GCC := clang
ARCH_NAME := LoongArch
ARCH_WORD := 64 LE
ARCH_CROSS := loongarch64-linux-gnu-

ISA_CFLAGS_loongarch64 := -march=loongarch64 -msoft-float
ISA_TARGET_loongarch64 := loongarch64-linux-gnusf
