/* SPDX-License-Identifier: BSD-2-Clause */
/* mbedTLS asks for the header; its memory comes from a buffer (tests/mbedtls_config.h). */
#ifndef FREESTANDING_STDLIB_H
#define FREESTANDING_STDLIB_H

#include <stddef.h>

#endif
