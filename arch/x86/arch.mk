# SPDX-License-Identifier: BSD-2-Clause
# Any x86 in kernel mode: an interrupt or exception writes right below the
# stack pointer, so there is no red zone.
# -fstack-protector, the default of some compilers, has its word by name: a
# kernel need not have the segment in which a system has it.
ARCH_CFLAGS := -mno-red-zone -mstack-protector-guard=global
# What an ISA's boards share may run in an interrupt that has not saved the
# floating-point registers, or where nobody has turned them on.
ARCH_CFLAGS_OWN := -mgeneral-regs-only
ARCH_NAME := x86
ARCH_WORD := 64 LE
ARCH_CROSS := x86_64-linux-gnu-

# x86_64: position-independent, since some of its boards are loaded anywhere.
ISA_CFLAGS_x86_64 := -fPIE
# The folder of its keystreams by SIMD, compiled without ARCH_CFLAGS_OWN.
ISA_SIMD_x86_64 := simd
# Behind the flags of the user, whose -march=native would let the compiler take
# registers that a keystream neither saves nor wipes. Each function names what
# it may use.
ARCH_CFLAGS_SIMD := -mno-avx
# i386: from the Pentium Pro on, without SSE, which traps until an operating
# system allows it. A 64-bit gcc makes 32-bit code as well.
ISA_CFLAGS_i386 := -m32 -march=i686 -fno-pie
ISA_WORD_i386 := 32 LE
