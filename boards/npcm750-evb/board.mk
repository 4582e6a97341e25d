# SPDX-License-Identifier: BSD-2-Clause
# Nuvoton NPCM750, a BMC, on its evaluation board: Cortex-A9.
# Sources: npcm7xx-trng
FAMILY := arm wfi gic
ISA := armv7a
arm_at := 0x8000
BOARD_SRCS := board.c
COMMON_SRCS := arm/a9.c semihosting/console.c
HAL_SRCS := trng/trng_npcm7xx.c
APPS := smoke hello record keygen loop accumulator
TESTS := smoke stress loop keys
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END counter
