/* SPDX-License-Identifier: BSD-2-Clause */
/* The answers for a keystream's `known`, by OpenSSL and Python's hashlib. */
#ifndef KNOWN_H
#define KNOWN_H

#include <stdint.h>

static const uint32_t aes256_known[8] = { 0x713c826f, 0x4454198d, 0x3a70da37, 0x5cec306f,
					  0x53444729, 0x85f8639d, 0x7e7595f9, 0x4c5e976a };

#endif
