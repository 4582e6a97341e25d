/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The name that a receipt begins with. The Makefile passes the folder's name.
 */
#include "board.h"

const char board_name[] = BOARD_NAME;
