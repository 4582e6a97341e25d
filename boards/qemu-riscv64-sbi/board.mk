# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with a 64-bit RISC-V CPU, in S-mode under OpenSBI. Its
# files in C are those of qemu-riscv64-virt.
# Sources: Zkr, virtio-rng, seed
FAMILY := riscv wfi virt timing
ISA := riscv64
BOARD_SRCS := ../qemu-riscv64-virt/board.c ../qemu-riscv64-virt/platform.c
BOARD_PLATFORM := ../qemu-riscv64-virt/platform.c
COMMON_SRCS := riscv/sbi.c riscv/soc.c
HAL_SRCS := bus/acpi.c bus/fdt_riscv.c seed/seed.c
BOARD_CFLAGS := -DRISCV_SUPERVISOR
BOARD_LDFLAGS := -Wl,--defsym=riscv_origin=0x80200000
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke stress loop keys refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS
