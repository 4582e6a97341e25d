# SPDX-License-Identifier: BSD-2-Clause
# QEMU's s390-ccw-virtio, a guest on a mainframe.
# Sources: PRNO
FAMILY := s390x wfi
BOARD_SRCS := platform.c
BOARD_PLATFORM := platform.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke levels loop keys refuse library
