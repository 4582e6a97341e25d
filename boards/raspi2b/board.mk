# SPDX-License-Identifier: BSD-2-Clause
# Raspberry Pi 2 (the first, BCM2836): Cortex-A7.
# Sources: bcm2835-trng
FAMILY := arm wfi bcm2836 pl011
ISA := armv7a
arm_at := 0x10000
BOARD_SRCS := board.c
COMMON_SRCS := arm/timer.c arm/pmu.c
HAL_SRCS := trng/trng_bcm2835.c
APPS := smoke hello record keygen loop accumulator
TESTS := smoke stress loop keys
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END counter
