# SPDX-License-Identifier: BSD-2-Clause
# The Cortex-M of Arm's MPS2 and MPS3: SysTick is the counter, a CMSDK timer the
# alarm.
COMMON_SRCS += cortex-m/systick.c mps2/mps2.c
