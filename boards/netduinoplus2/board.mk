# SPDX-License-Identifier: BSD-2-Clause
# Netduino Plus 2, an STM32F405: Cortex-M4, a TRNG that QEMU has not, 128 KiB of
# RAM; with newlib over semihosting.
# Sources: stm32-trng, seed
FAMILY := cortex-m newlib seed
ISA := armv7em
BOARD_SRCS := board.c
BOARD_CFLAGS := -DCORTEX_M_IRQS=82 -DTICK_RELOAD=3360u
COMMON_SRCS := cortex-m/systick.c
HAL_SRCS := trng/trng_stm32.c
APPS := smoke hello record keygen getentropy loop
TESTS := smoke stress loop keys refuse
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS counter
