/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getentropy for newlib and picolibc, which leave it to the system; their arc4random is seeded through it.
 *
 * 0, and buf is full; or -1 with errno EIO: refused, and buf holds zeros; EINVAL: len above 256; EFAULT: NULL. These two leave buf alone. Nothing is
 * read without the platform's lock, so it may be called from any task, but not from an interrupt.
 *
 * newlib's arc4random raises SIGKILL where this fails: a program that must go on asks getentropy first. It is a generator of its own and
 * learns neither of a clone nor of seedbed_reseed: after one of them ask seedbed_random or getentropy, not arc4random.
 */
#include <errno.h>
#include <unistd.h>
#include "seedbed.h"

#define NEWLIB_GETENTROPY_MAX 256 /* POSIX.1-2024, <limits.h> GETENTROPY_MAX */

int getentropy(void *buf, size_t len);
int getentropy(void *buf, size_t len)
{
	if (!buf)
		errno = EFAULT;
	else if (len > NEWLIB_GETENTROPY_MAX)
		errno = EINVAL;
	else if (seedbed_random(buf, len) != SB_OK)
		errno = EIO;
	else
		return 0;
	return -1;
}
