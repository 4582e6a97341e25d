/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's generator as a source, and the credit that the user takes
   away. */
#define _DEFAULT_SOURCE /* getentropy */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>
#include "sb_unix.h"

/* Some systems have no getrandom(2) that can refuse to wait. POSIX.1-2024
   offers getentropy(3) there. */
#ifdef GRND_NONBLOCK
static ssize_t unix_getrandom(void *buf, size_t len)
{
	return getrandom(buf, len, GRND_NONBLOCK);
}
#else
static ssize_t unix_getrandom(void *buf, size_t len)
{
	return getentropy(buf, len) ? -1 : (ssize_t)len;
}
#endif

static int unix_getrandom_probe(void *ctx)
{
	uint8_t none[1];

	(void)ctx;
	if (unix_getrandom(none, 0) >= 0 || errno == EAGAIN || errno == EINTR)
		return SB_OK;
	/* Any other error is a kernel that has it and does not let us: a
	   seccomp filter says EPERM. */
	return errno == ENOSYS ? SB_ENODEV : SB_EUNFIT;
}

static int unix_getrandom_read(void *ctx, uint8_t *buf, size_t len)
{
	ssize_t n = unix_getrandom(buf, len);

	(void)ctx;
	if (n > 0)
		return (int)n;
	return n < 0 && (errno == EAGAIN || errno == EINTR) ? SB_EAGAIN : SB_EIO;
}

static void unix_getrandom_stop(void *ctx)
{
	(void)ctx; /* only the kernel buffers anything */
}

const struct sb_driver sb_unix_getrandom = {
	.name = "unix-getrandom",
	SB_ASSESSED(2048, 4),
	.flags = SB_CONDITIONED,
	.probe = unix_getrandom_probe,
	.read = unix_getrandom_read,
	.stop = unix_getrandom_stop,
};
SB_DRIVER(sb_unix_getrandom);

uint16_t sb_unix_distrust(void)
{
	static const struct {
		const char *word;
		uint16_t flags;
	} distrust[] = {
		{ "", 0 },
		{ "cpu", SB_LOCAL },
		{ "timing", SB_TIMING },
		{ "but-timing", SB_CONDITIONED | SB_SEED },
	};
	const char *said = getenv("SEEDBED_DISTRUST");

	for (size_t i = 0; i < sizeof distrust / sizeof *distrust; i++)
		if (!strcmp(said ? said : "", distrust[i].word))
			return distrust[i].flags;
	return SB_NOISE | SB_CONDITIONED | SB_SEED; /* "all", and what it misspells */
}
SB_OWN(sb_unix_distrust);
