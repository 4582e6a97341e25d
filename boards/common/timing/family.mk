# SPDX-License-Identifier: BSD-2-Clause
# The times of loads as the last resort of a board: sb_cache_timing.h.
HAL_SRCS += timing/cache_timing.c timing/timing_contrast.c timing/timing_predict.c \
	timing/timing_sample.c timing/timing_step.c
