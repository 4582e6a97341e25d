/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions of libc/mem.c, for guests whose toolchain has no C library.
 * BearSSL and mbedTLS need no others of <string.h>.
 */
#ifndef FREESTANDING_STRING_H
#define FREESTANDING_STRING_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void *memcpy(void *__restrict to, const void *__restrict from, size_t len);
void *memmove(void *to, const void *from, size_t len);
void *memset(void *to, int value, size_t len);
int memcmp(const void *left, const void *right, size_t len);
size_t strlen(const char *text);
/*
 * Functions of mbedTLS that are never linked name this one. It is not defined.
 */
int strcmp(const char *left, const char *right);

#ifdef __cplusplus
}
#endif

#endif
