# SPDX-License-Identifier: BSD-2-Clause
# 64-bit Arm at EL1. Position-independent, since some of its backends are loaded anywhere; no unaligned access, which faults while the MMU is off; no x18,
# which UEFI keeps for itself (UEFI Specification 2.10, section 2.3.6).
ISA_CFLAGS := -mstrict-align -ffixed-x18 -fPIE -fno-asynchronous-unwind-tables
# What is compiled here may run in an interrupt, where nobody has saved the floating-point registers, and where nobody has turned them on.
ISA_CFLAGS_OWN := -mgeneral-regs-only
# What apps and dependents are compiled with knows no C library, whatever the backend has.
ISA_INCLUDE := -Iboards/freestanding
