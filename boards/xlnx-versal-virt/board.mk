# SPDX-License-Identifier: BSD-2-Clause
# AMD Versal (QEMU's xlnx-versal-virt): Cortex-A72 at EL3. QEMU has its TRNG
# from 9.0 on.
# Sources: versal-trng, seed
FAMILY := aarch64 wfi pl011 seed timing
aarch64_map := map_low.S
aarch64_at := 0x100000
BOARD_SRCS := board.c
BOARD_LDFLAGS := -Wl,--defsym,seed_window=0xfffc0000
HAL_SRCS := trng/trng_versal.c bus/fdt.c
APPS := smoke hello record keygen loop
TESTS := smoke keys refuse library
