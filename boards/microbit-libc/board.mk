# SPDX-License-Identifier: BSD-2-Clause
# BBC micro:bit (the first, nRF51822): Cortex-M0, a TRNG, 16 KiB of RAM; with
# picolibc.
# Sources: nrf51-trng
FAMILY := cortex-m picolibc
ISA := armv6m-picolibc
BOARD_SRCS := ../microbit/board.c
BOARD_PLATFORM := ../microbit/board.c
COMMON_SRCS := cortex-m/tls.c
HAL_SRCS := trng/trng_nrf51.c
APPS := smoke hello record getentropy arc4random
TESTS := smoke
