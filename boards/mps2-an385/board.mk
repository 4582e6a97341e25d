# SPDX-License-Identifier: BSD-2-Clause
# Arm MPS2+ AN385: Cortex-M3, no entropy source but a seed; with newlib over semihosting, so the test suites run on it.
ARCH := cortex-m
ISA := armv7m
CROSS := arm-none-eabi-
TARGET := arm-none-eabi
HAL_SRCS := seed.c loop.c
BOARD_SRCS := board.c ../cortex_m_start.c ../cortex_m_loop.c ../semihosting.c ../newlib_exit.c
# -u: of an installed board's archive the linker takes what is asked for, and librdimon has an _exit too.
BOARD_LDFLAGS := -nostdlib -static -Wl,--build-id=none -Wl,-T,$(BOARD_DIR)/link.ld -Wl,-u,_exit
# By their own names, so that clang links them too. libgcc is for newlib: seedbed needs nothing of it.
NEWLIB = $(foreach lib,c rdimon gcc,$(shell arm-none-eabi-gcc $(ISA_CFLAGS) -print-file-name=lib$(lib).a))
BOARD_LIBS = -Wl,--start-group $(NEWLIB) -Wl,--end-group
# The CMocka suites and tests/guest_*.c bring a platform of their own: all but board.c.
TEST_SRCS := ../cortex_m_start.c ../semihosting.c ../newlib_exit.c
TEST_CFLAGS := -DHAVE_SIGNAL_H -DHAVE_MALLOC_H -DHAVE_INTTYPES_H -DHAVE_STRINGS_H
APPS := smoke keygen getentropy ecdsa loop
TESTS := smoke suites stress loop keys ecdsa library
GUESTS := sleep tasks tasks-WITHOUT_LOCK tasks-WITHOUT_LOCK-WITHOUT_BUSY \
	events events-WITHOUT_BUSY events-EVENT_STIRS
