/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Preloaded into a process of this machine. getrandom fails: with the error of
 * a seccomp filter, or where NO_GETRANDOM is ENOSYS, with that of a kernel that
 * has no such call.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

ssize_t getrandom(void *buf, size_t len, unsigned flags);

ssize_t getrandom(void *buf, size_t len, unsigned flags)
{
	const char *how = getenv("NO_GETRANDOM");

	(void)buf;
	(void)len;
	(void)flags;
	errno = how && !strcmp(how, "ENOSYS") ? ENOSYS : EPERM;
	return -1;
}
