# SPDX-License-Identifier: BSD-2-Clause
# A process of Linux on 64-bit Arm: board unix, as it is on such a machine. Here
# it runs by emulation, with Debian's C library for that CPU.
# Sources: getrandom, RNDRRS
# Clones: a page that fork drops
ARCH := aarch64
ISA := aarch64
BOARD_LIBC := system
FAMILY := simd
simd_facts :=
BOARD_SRCS := linux.c facts.c platform.c ../unix/board.c ../unix/main.c
HAL_SRCS := os/unix_getrandom.c os/unix_epoch.c os/unix_lock.c os/unix_loop.c
BOARD_LDFLAGS := -static -Wl,--wrap=main
APPS := smoke hello record keygen loop accumulator
TESTS := smoke stress loop keys
