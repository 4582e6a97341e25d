/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getentropy for newlib and picolibc, which leave it to the system. Their
 * arc4random is seeded through it.
 *
 * It returns 0 and buf is full, or -1 and errno says why. EIO: seedbed refused,
 * and buf holds zeros. EINVAL: len is above 256. EFAULT: buf is NULL. The last
 * two leave buf alone. Every read holds the platform's lock. So any task may
 * call getentropy, but an interrupt handler may not.
 *
 * newlib's arc4random raises SIGKILL if getentropy fails. A program that must
 * go on calls getentropy first. arc4random is a generator of its own. It does
 * not learn of a clone or of seedbed_reseed. After one of them call
 * seedbed_random or getentropy, not arc4random.
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
