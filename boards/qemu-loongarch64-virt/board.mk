# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with a 64-bit LoongArch CPU, without firmware.
# Sources: virtio-rng, seed
FAMILY := loongarch wfi virt ns16550
BOARD_SRCS := board.c platform.c
BOARD_PLATFORM := platform.c
HAL_SRCS := bus/acpi.c seed/seed.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke levels stress loop keys refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS
