/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef NS16550_H
#define NS16550_H

#include <stddef.h>
#include <stdint.h>

/* Writes text to the UART at this address, whose registers are bytes side by
   side. The loader has set it up. */
void ns16550_write(uintptr_t base, const char *text, size_t len);

#endif
