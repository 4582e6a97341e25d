# SPDX-License-Identifier: BSD-2-Clause
# BBC micro:bit (the first, nRF51822): Cortex-M0, a TRNG, 16 KiB of RAM; no C library.
ARCH := cortex-m
ISA := armv6m
CROSS := arm-none-eabi-
TARGET := arm-none-eabi
HAL_SRCS := trng_nrf51.c loop.c
BOARD_SRCS := board.c ../cortex_m_start.c ../cortex_m_loop.c ../semihosting.c ../mem.c
BOARD_INCLUDE := -Iboards/freestanding
BOARD_LDFLAGS := -nostdlib -static -Wl,--build-id=none -Wl,-T,$(BOARD_DIR)/link.ld
BOARD_LIBS :=
# The tests of tests/guest_*.c bring a platform of their own: all but board.c.
TEST_SRCS := ../cortex_m_start.c ../semihosting.c ../mem.c
APPS := smoke loop
TESTS := smoke stress loop library size
GUESTS := sleep events events-WITHOUT_BUSY events-EVENT_STIRS count
