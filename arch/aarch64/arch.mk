# SPDX-License-Identifier: BSD-2-Clause
# 64-bit Arm at EL1. No unaligned access, which faults while the MMU is off. No
# x18, which UEFI keeps for itself (UEFI Specification 2.10, section 2.3.6).
# Position-independent, since some of its boards are loaded anywhere.
ARCH_CFLAGS := -mstrict-align -ffixed-x18 -fPIE -fno-asynchronous-unwind-tables
# What an ISA's boards share may run in an interrupt that has not saved the
# floating-point registers, or where nobody has turned them on.
ARCH_CFLAGS_OWN := -mgeneral-regs-only
ARCH_NAME := 64-bit Arm
ARCH_WORD := 64 LE
ARCH_CROSS := aarch64-linux-gnu-

ISA_CFLAGS_aarch64 :=
# The folder of its keystreams by SIMD, compiled without ARCH_CFLAGS_OWN.
ISA_SIMD_aarch64 := simd
