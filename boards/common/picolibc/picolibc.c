/* SPDX-License-Identifier: BSD-2-Clause */
/* What picolibc asks of a board: its console, and the end of a program. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/types.h>
#include "board.h"

#define PICOLIBC_SIGNAL 128 /* as shells have it */

_Noreturn void _exit(int status);
pid_t getpid(void);
int kill(pid_t process, int signal);
int close(int file);
ssize_t read(int file, void *to, size_t len);
ssize_t write(int file, const void *from, size_t len);
off_t lseek(int file, off_t offset, int from);

static int picolibc_put(char byte, FILE *stream)
{
	(void)stream;
	board_write(&byte, 1);
	return (unsigned char)byte;
}

static FILE picolibc_console = FDEV_SETUP_STREAM(picolibc_put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stdin = &picolibc_console;
FILE *const stdout = &picolibc_console;
FILE *const stderr = &picolibc_console;

_Noreturn void _exit(int status)
{
	board_exit(status);
}

/* raise and abort end here; arc4random raises SIGKILL where it is refused. */
pid_t getpid(void)
{
	return 1;
}

int kill(pid_t process, int signal)
{
	(void)process;
	_exit(PICOLIBC_SIGNAL + signal);
}

/* There are no files. */
static int picolibc_none(void)
{
	errno = ENOSYS;
	return -1;
}

int open(const char *path, int flags, ...)
{
	(void)path;
	(void)flags;
	return picolibc_none();
}

int close(int file)
{
	(void)file;
	return picolibc_none();
}

ssize_t read(int file, void *to, size_t len)
{
	(void)file;
	(void)to;
	(void)len;
	return picolibc_none();
}

ssize_t write(int file, const void *from, size_t len)
{
	(void)file;
	(void)from;
	(void)len;
	return picolibc_none();
}

off_t lseek(int file, off_t offset, int from)
{
	(void)file;
	(void)offset;
	(void)from;
	return picolibc_none();
}
