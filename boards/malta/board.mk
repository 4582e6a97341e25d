# SPDX-License-Identifier: BSD-2-Clause
# MIPS Malta as QEMU has it: a 24Kf, big-endian, and the GT-64120 bridge to PCI.
# Sources: virtio-rng, seed
FAMILY := mips wfi
BOARD_SRCS := board.c platform.c
BOARD_PLATFORM := platform.c
COMMON_SRCS := mips/gt64120.c mips/yamon.c
HAL_SRCS := virtio/virtio_rng.c virtio/virtio_ring.c virtio/virtio_pci.c \
	virtio/virtio_pci_legacy.c virtio/virtio_pci_find.c bus/pci.c bus/pci_assign.c \
	seed/seed.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke levels stress loop keys refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS counter
