# SPDX-License-Identifier: BSD-2-Clause
# Raspberry Pi 3B: BCM2837, four Cortex-A53, of which one runs. The firmware's
# rng-seed is mixed and never counted.
# Sources: bcm2835-trng
FAMILY := aarch64 wfi bcm2836 pl011 timing
aarch64_map := map_low.S
aarch64_at := 0x80000
BOARD_SRCS := board.c
HAL_SRCS := trng/trng_bcm2835.c bus/fdt.c seed/seed.c
APPS := smoke hello record keygen loop
TESTS := smoke stress loop keys library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END
