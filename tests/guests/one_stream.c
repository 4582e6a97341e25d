/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystream ONE and no other one, in place of the board's table: an image
 * with this file is linked with --wrap.
 */
#include "sb_keystreams.h"

extern const struct sb_keystream ONE;
extern const struct sb_keystream *const __wrap_sb_keystreams[];
const struct sb_keystream *const __wrap_sb_keystreams[] = { &ONE, NULL };
