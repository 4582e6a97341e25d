# SPDX-License-Identifier: BSD-2-Clause
# A board that is not in boards/: a kernel in the upper half of its address
# space, on QEMU's microvm, with virtio-rng alone.
ARCH := x86
ISA := x86_64-kernel
ISA_CFLAGS_x86_64-kernel := -mcmodel=kernel -fno-pie -mgeneral-regs-only
BOARD_SRCS := start.S kernel.c board.c
HAL_SRCS := virtio/virtio_mmio.c virtio/virtio_rng.c virtio/virtio_ring.c
BOARD_LDFLAGS := -nostdlib -static -Wl,--build-id=none -Wl,-T,$(BOARD_DIR)/link.ld
