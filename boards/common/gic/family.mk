# SPDX-License-Identifier: BSD-2-Clause
# Arm's interrupt controller, version 1 or 2, for boards/common/wfi.
COMMON_SRCS += gic/gic.c
