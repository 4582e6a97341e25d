# SPDX-License-Identifier: BSD-2-Clause
# Any x86 in kernel mode: an interrupt or exception writes right below the stack pointer.
ISA_CFLAGS := -mno-red-zone
# The library is called from interrupts, where nobody has saved the floating-point registers.
ISA_CFLAGS_LIBRARY := -mgeneral-regs-only
