# SPDX-License-Identifier: BSD-2-Clause
# UEFI on 64-bit Arm: an application that any firmware starts, EDK II's or
# another's.
# Sources: RNDRRS, uefi-raw
# Clones: VM Generation ID, VMClock
FAMILY := uefi timing
ARCH := aarch64
BOARD_SRCS := board.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke stress
