# SPDX-License-Identifier: BSD-2-Clause
# RISC-V with the extensions M, A and C, and no floating-point register. Code
# reaches its data relative to itself, as images lie at 0x80000000.
ARCH_CFLAGS := -mcmodel=medany -fno-asynchronous-unwind-tables
# In version 2.2 of the ISA manual I has the instructions for CSRs and FENCE.I.
# Later ones have them in Zicsr and Zifencei. clang 14 does not know these
# names, and takes the instructions without them. gcc 12 finds no libgcc of an
# ISA that has these names.
ARCH_CFLAGS_OWN = $(if $(findstring clang,$(CC)),,-misa-spec=2.2 -Wa,-misa-spec=2.2)
# lld 14 knows no relaxation of RISC-V.
ARCH_CFLAGS_CLANG := -mno-relax
ARCH_NAME := RISC-V
ARCH_WORD := 64 LE
ARCH_CROSS := riscv64-unknown-elf-

ISA_CFLAGS_riscv64 := -march=rv64imac -mabi=lp64
ISA_CFLAGS_riscv32 := -march=rv32imac -mabi=ilp32
ISA_WORD_riscv32 := 32 LE
ISA_TARGET_riscv32 := riscv32-unknown-elf
# All boards of this ISA have picolibc. No compiler finds its headers by itself.
ISA_LIBC_riscv32 := picolibc
ISA_CFLAGS_riscv32 += -isystem build/deps/picolibc-riscv64-unknown-elf/include
