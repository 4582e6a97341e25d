/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Suspends a domain that does not know how to suspend, so that `xl save` makes
 * an image of it. It runs in the first domain of Xen, under Linux: xen_suspend
 * DOMAIN. It answers the request of xl in the store, then shuts the domain down
 * for that reason. Exit status 0: the domain is suspended.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define SUSPEND_STORE_WRITE 11 /* public/io/xs_wire.h */
#define SUSPEND_SCHED 29       /* public/xen.h; the next two: public/sched.h */
#define SUSPEND_REMOTE 4
#define SUSPEND_REASON 2

struct suspend_call { /* include/uapi/xen/privcmd.h of Linux */
	uint64_t number, arguments[5];
};

static int suspend_answer(const char *domain)
{
	struct {
		uint32_t type, request, transaction, len;
		/* the path and its 0, then the value, which is empty */
		char path[64];
	} message = { .type = SUSPEND_STORE_WRITE };
	int fd = open("/dev/xen/xenbus", O_RDWR | O_CLOEXEC), sent;

	message.len = 1 + (uint32_t)snprintf(message.path, sizeof message.path,
					     "/local/domain/%s/control/shutdown", domain);
	sent = write(fd, &message, 16 + message.len) > 0 && read(fd, &message, 16) == 16 &&
	       message.type == SUSPEND_STORE_WRITE;
	close(fd);
	return sent;
}

static int suspend_now(const char *domain)
{
	struct {
		uint16_t domain;
		uint32_t reason;
	} *what = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED,
		       -1, 0);
	struct suspend_call call = { SUSPEND_SCHED, { SUSPEND_REMOTE, (uintptr_t)what } };
	int fd = open("/dev/xen/privcmd", O_RDWR | O_CLOEXEC);

	if (what == MAP_FAILED)
		return 0;
	what->domain = (uint16_t)atoi(domain);
	what->reason = SUSPEND_REASON;
	return ioctl(fd, _IOC(_IOC_NONE, 'P', 0, sizeof call), &call) == 0;
}

int main(int count, char **word)
{
	if (count != 2)
		return 2;
	return suspend_answer(word[1]) && suspend_now(word[1]) ? 0 : 1;
}
