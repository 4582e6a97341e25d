/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For the first domain of Xen, Linux: suspends a domain that does not know how, as if it had done so when xl asked, so that `xl save` makes an image of
 * it: xen_suspend DOMAIN. Answers the request in the store, then shuts the domain down for that reason. Exit 0: it is suspended.
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
#define SUSPEND_SCHED 29       /* public/xen.h; below it public/sched.h */
#define SUSPEND_REMOTE 4
#define SUSPEND_REASON 2

struct suspend_call { /* include/uapi/xen/privcmd.h of Linux */
	uint64_t number, arguments[5];
};

static int suspend_answer(const char *domain)
{
	struct {
		uint32_t type, request, transaction, len;
		char path[64]; /* and after its 0 the value: nothing */
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
