# SPDX-License-Identifier: BSD-2-Clause
# Any x86 in kernel mode: an interrupt or exception writes right below the stack pointer. A board adds ISA_CFLAGS_name for an ISA of its own.
ISA_CFLAGS := -mno-red-zone $(ISA_CFLAGS_$(ISA))
# The library is called from interrupts, where nobody has saved the floating-point registers.
ISA_CFLAGS_LIBRARY := -mgeneral-regs-only
