# SPDX-License-Identifier: BSD-2-Clause
# Any x86 in kernel mode: an interrupt or exception writes right below the stack pointer. A board adds ISA_CFLAGS_name for an ISA of its own.
# x86_64: position-independent, since some of its backends are loaded anywhere, and all of them link the same objects.
# i386: from the Pentium Pro on, without SSE, which traps until an operating system allows it. A 64-bit gcc makes 32-bit code as well.
ISA_CFLAGS_x86_64 := -fPIE
ISA_CFLAGS_i386 := -m32 -march=i686 -fno-pie
ISA_CFLAGS := -mno-red-zone $(ISA_CFLAGS_$(ISA))
# What is compiled here may run in an interrupt, where nobody has saved the floating-point registers, and where nobody has turned them on.
ISA_CFLAGS_OWN := -mgeneral-regs-only
# What apps and dependents are compiled with knows no C library, whatever the backend has.
ISA_INCLUDE := -Iboards/freestanding
