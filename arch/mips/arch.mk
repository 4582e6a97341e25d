# SPDX-License-Identifier: BSD-2-Clause
# MIPS32 Release 2, without floating-point registers. Code and data are reached
# by their addresses: no table of calls, no small data behind gp. Compilers need
# that table for -fPIE, which CFLAGS may have.
mips_pic := $(filter -fPIE -fpie -fPIC -fpic,$(CFLAGS))
ARCH_CFLAGS := $(if $(mips_pic),-mabicalls,-mno-abicalls -fno-pic) -G0 \
	-fno-asynchronous-unwind-tables
ARCH_NAME := MIPS
ARCH_WORD := 32 BE
ARCH_CROSS := mips-linux-gnu-

# Big-endian. Each file must agree on -msoft-float, as it says where arguments
# are.
ISA_CFLAGS_mips := -march=mips32r2 -mabi=32 -msoft-float
