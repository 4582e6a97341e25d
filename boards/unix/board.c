/* SPDX-License-Identifier: BSD-2-Clause */
/* Console, end and event of a process of Unix. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "board.h"
#include "exit_line.h"
#include "sb_unix.h"

const char *board_facts;

void board_write(const char *text, size_t len)
{
	while (len) {
		ssize_t n = write(STDOUT_FILENO, text, len);

		if (n < 0 && errno != EINTR)
			return;
		text += n < 0 ? 0 : n;
		len -= n < 0 ? 0 : (size_t)n;
	}
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	exit(status);
}

static void unix_take(int fd)
{
	char bytes[16];

	if (read(fd, bytes, sizeof bytes) < 0)
		sb_unix_watch(-1, NULL);
}

int board_event(void)
{
	static int unix_pipe[2] = { -1, -1 };

	if (unix_pipe[0] < 0 && pipe(unix_pipe))
		return -1;
	sb_unix_watch(unix_pipe[0], unix_take);
	return write(unix_pipe[1], "", 1) == 1 ? 0 : -1;
}
