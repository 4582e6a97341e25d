# SPDX-License-Identifier: BSD-2-Clause
# QEMU's 32-bit x86 machines: one PVH image boots on microvm, pc and q35. The compiler is that of x86-64.
ARCH := x86
ISA := i386
CROSS := x86_64-linux-gnu-
TARGET := x86_64-linux-gnu
HAL_SRCS := virtio_rng.c virtio_ring.c virtio_mmio.c virtio_mmio_legacy.c virtio_pci.c virtio_pci_legacy.c pci.c fw_cfg.c vmgenid.c loop.c
BOARD_SRCS := start.S far.c ../x86_trap.c ../x86_clock.c ../x86_apic.c ../x86_pci.c ../x86_qemu.c ../exit_line.c ../mem.c
BOARD_INCLUDE := -Iboards/freestanding
BOARD_LDFLAGS := -nostdlib -static -Wl,--build-id=none -Wl,-T,$(BOARD_DIR)/link.ld
BOARD_LIBS :=
APPS := smoke record clone keygen errata accumulator loop confidential
TESTS := smoke stress loop refuse library
GUESTS := sleep
