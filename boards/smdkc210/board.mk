# SPDX-License-Identifier: BSD-2-Clause
# Samsung SMDKC210: Exynos 4210, Cortex-A9. Its generator is no source, so it is
# mixed and never counted.
# Sources: seed
FAMILY := arm wfi gic seed
ISA := armv7a
arm_at := 0x40010000
BOARD_SRCS := board.c
COMMON_SRCS := arm/a9.c semihosting/console.c
HAL_SRCS := trng/trng_exynos4.c
APPS := smoke hello record keygen loop accumulator
TESTS := smoke stress loop keys refuse
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END counter
