# SPDX-License-Identifier: BSD-2-Clause
# Arm's interrupt controller, version 1 or 2, for boards/common/wfi.
# gic_tree.c is for boards with a device tree.
COMMON_SRCS += gic/gic.c
