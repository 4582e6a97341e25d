/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "board.h"

const char board_name[] = "unix";

/* The linker's --wrap: what the C library starts, and the program's own main. */
int __real_main(void);
int __wrap_main(void);

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

int __wrap_main(void)
{
	board_exit(__real_main());
}
