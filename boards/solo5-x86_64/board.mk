# SPDX-License-Identifier: BSD-2-Clause
# A Solo5 guest (hvt, spt, virtio, muen, xen) on x86-64. Here it is linked with
# a tender of our own, so it is a Linux program; qemu/solo5 links the same files
# with Solo5's bindings.
# Sources: RDSEED, RDRAND
# SIMD: a guest of spt is a process. In ring 0 the keystream is ChaCha20 in C.
ARCH := x86
ISA := x86_64
FAMILY := timing simd
simd_facts :=
BOARD_SRCS := board.c facts.c tender.c
HAL_SRCS := hypervisor/solo5.c seed/seed.c
BOARD_LDFLAGS := -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-T,$(BOARD_DIR)/link.ld
APPS := smoke hello record keygen loop accumulator hostcall heap
TESTS := smoke stress
