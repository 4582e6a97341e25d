/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PL011_H
#define PL011_H

#include <stddef.h>
#include <stdint.h>

/* Writes text to the UART at this address. The loader has set it up. */
void pl011_write(uintptr_t base, const char *text, size_t len);

#endif
