# SPDX-License-Identifier: BSD-2-Clause
# The seed window: a boot loader leaves a seed in 64 bytes of RAM. The board
# says where, calls seed_window_take, and lists SEED_WINDOW.
COMMON_SRCS += seed/seed_window.c
HAL_SRCS += seed/seed.c
