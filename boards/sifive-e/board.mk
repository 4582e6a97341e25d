# SPDX-License-Identifier: BSD-2-Clause
# SiFive's FE310 on a HiFive1: rv32imac in M-mode, no entropy source but a seed,
# 16 KiB of RAM; with picolibc.
# Sources: seed
FAMILY := riscv wfi seed picolibc
ISA := riscv32
BOARD_SRCS := board.c platform.c
COMMON_SRCS := riscv/clint.c semihosting/console.c semihosting/exit.c
BOARD_CFLAGS := -DRISCV_MACHINE_ALONE
BOARD_PLATFORM := platform.c
# Not FAMILY timing: the FE310 has no Zicbom, and the source's area alone is as
# large as its RAM.
APPS := smoke hello record getentropy arc4random loop
TESTS := smoke stress loop refuse library
GUESTS := fault fault-OVERFLOW fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS
