/* SPDX-License-Identifier: BSD-2-Clause */
/* For guests whose toolchain has no C library: what boards/mem.c gives, which is all that BearSSL and mbedTLS need of <string.h>. */
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
int strcmp(
	const char *left,
	const char *
		right); /* named by functions of mbedTLS that are never linked; nobody defines it */

#ifdef __cplusplus
}
#endif

#endif
