/* SPDX-License-Identifier: BSD-2-Clause */
/* The name that a receipt begins with: the Makefile passes that of the folder. */
#include "board.h"

const char board_name[] = BOARD_NAME;
