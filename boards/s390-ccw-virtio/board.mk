# SPDX-License-Identifier: BSD-2-Clause
# QEMU's s390-ccw-virtio, a guest on a mainframe.
# Sources: PRNO, virtio-rng
FAMILY := s390x wfi
BOARD_SRCS := board.c platform.c
BOARD_PLATFORM := platform.c
HAL_SRCS := virtio/virtio_rng.c virtio/virtio_ring.c virtio/virtio_ccw.c \
	virtio/virtio_ccw_find.c virtio/virtio_ccw_legacy.c virtio/virtio_ccw_program.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke levels stress loop keys refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS
