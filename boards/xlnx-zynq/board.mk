# SPDX-License-Identifier: BSD-2-Clause
# Xilinx Zynq-7000: Cortex-A9, no entropy source but a seed.
# Sources: seed
FAMILY := arm wfi gic seed
ISA := armv7a
arm_at := 0x100000
BOARD_SRCS := board.c
COMMON_SRCS := arm/a9.c semihosting/console.c
APPS := smoke hello record keygen loop accumulator
TESTS := smoke stress loop keys refuse
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END counter
