/* SPDX-License-Identifier: BSD-2-Clause */
/* The same sources on a big-endian CPU: the bytes are the same. */
#include "neon.c"
