# SPDX-License-Identifier: BSD-2-Clause
# z/Architecture, from z10 on. Without the vector facility, which z13 brought.
ARCH_CFLAGS := -march=z10 -fno-asynchronous-unwind-tables
# gcc keeps general registers in those of floating point, unless it is told.
ARCH_CFLAGS_OWN := -msoft-float
ARCH_CLANG := 19
ARCH_WORD := 64 BE
ARCH_CROSS := s390x-linux-gnu-

ISA_CFLAGS_s390x :=
