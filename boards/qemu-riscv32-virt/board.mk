# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with a 32-bit RISC-V CPU, in M-mode without firmware; with
# picolibc, so the test suites run on it. Its files in C are those of
# qemu-riscv64-virt.
# Sources: Zkr, virtio-rng, seed
FAMILY := riscv wfi virt picolibc timing
ISA := riscv32
BOARD_SRCS := ../qemu-riscv64-virt/board.c ../qemu-riscv64-virt/platform.c
BOARD_PLATFORM := ../qemu-riscv64-virt/platform.c
COMMON_SRCS := riscv/clint.c riscv/soc.c riscv/bare.c
HAL_SRCS := bus/acpi.c bus/fdt_riscv.c seed/seed.c
APPS := smoke hello record clone keygen getentropy arc4random loop accumulator
TESTS := smoke levels suites stress loop keys refuse library size
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS count
