# SPDX-License-Identifier: BSD-2-Clause
# Raspberry Pi A+ (BCM2835): ARM1176.
# Sources: bcm2835-trng
FAMILY := arm wfi
ISA := armv6
arm_at := 0x10000
BOARD_SRCS := board.c
COMMON_SRCS := arm/compare.c semihosting/console.c
HAL_SRCS := trng/trng_bcm2835.c
APPS := smoke hello record keygen loop accumulator
TESTS := smoke stress loop keys library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END counter
