# SPDX-License-Identifier: BSD-2-Clause
# Freescale i.MX25, on its Product Development Kit: ARM926.
# Sources: imx-rngc
FAMILY := arm wfi
ISA := armv5te
arm_at := 0x80010000
BOARD_SRCS := board.c
COMMON_SRCS := arm/compare.c semihosting/console.c
HAL_SRCS := trng/trng_imx_rngc.c
APPS := smoke hello record keygen loop accumulator
TESTS := smoke stress loop keys library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END counter
