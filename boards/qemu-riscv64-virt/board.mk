# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with a 64-bit RISC-V CPU, in M-mode without firmware.
# Sources: Zkr, virtio-rng, seed
FAMILY := riscv wfi virt timing
ISA := riscv64
BOARD_SRCS := board.c platform.c
BOARD_PLATFORM := platform.c
COMMON_SRCS := riscv/clint.c riscv/soc.c riscv/bare.c
HAL_SRCS := bus/acpi.c bus/fdt_riscv.c seed/seed.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke stress loop keys refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS
