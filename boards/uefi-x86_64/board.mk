# SPDX-License-Identifier: BSD-2-Clause
# UEFI on x86-64: an application that any firmware starts.
# Sources: RDSEED, RDRAND, uefi-raw
# Clones: VM Generation ID, VMClock
FAMILY := uefi timing
ARCH := x86
BOARD_SRCS := board.c
HAL_SRCS := bus/fw_cfg.c
APPS := smoke hello record clone keygen loop accumulator confidential
TESTS := smoke stress
