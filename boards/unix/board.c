/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "board.h"
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
	char line[32];
	int len = snprintf(line, sizeof(line), "[exit %d]\n", status);

	board_write(line, (size_t)len);
	exit(status);
}

static void event_take(int fd)
{
	char bytes[16];

	if (read(fd, bytes, sizeof(bytes)) < 0)
		sb_unix_watch(-1, NULL);
}

int board_event(void)
{
	static int event_pipe[2] = { -1, -1 };

	if (event_pipe[0] < 0 && pipe(event_pipe))
		return -1;
	sb_unix_watch(event_pipe[0], event_take);
	return write(event_pipe[1], "", 1) == 1 ? 0 : -1;
}
