/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mbedTLS includes this header. Its memory comes from a buffer
 * (tests/unit/mbedtls_config.h).
 */
#ifndef FREESTANDING_STDLIB_H
#define FREESTANDING_STDLIB_H

#include <stddef.h>

#endif
