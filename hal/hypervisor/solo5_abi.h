/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Solo5's calls, as far as this project makes them: the public ABI of 0.12. It
 * is the same in all bindings (hvt, spt, virtio, muen, xen); an image links one
 * of them. Times are in nanoseconds. A result of 0 means success. A program
 * with Solo5's own header includes that one and sb_solo5.h instead of this
 * file.
 */
#ifndef SOLO5_ABI_H
#define SOLO5_ABI_H

#include <stddef.h>
#include <stdint.h>

struct solo5_start_info {
	const char *cmdline;
	/* The program may use the heap, but the stack grows down from the end
	   of it. */
	uintptr_t heap_start;
	size_t heap_size;
};

/* The program defines this one. */
int solo5_app_main(const struct solo5_start_info *info);

/* A status of 255 and above is Solo5's own. */
void solo5_exit(int status) __attribute__((noreturn));

void solo5_console_write(const char *buf, size_t size);
uint64_t solo5_clock_monotonic(void);
uint64_t solo5_clock_wall(void); /* since 1970 */

/* Sleeps until a packet is there or monotonic time reaches `deadline`. The set
   has a bit for each handle. */
void solo5_yield(uint64_t deadline, uint64_t *ready_set);

/* A network device is there if the image's manifest names it. Then the person
   who starts the image must attach one. */
struct solo5_net_info {
	uint8_t mac_address[6];
	size_t mtu; /* without the header of 14 bytes */
};

/* Once for each name. */
unsigned solo5_net_acquire(const char *name, uint64_t *handle, struct solo5_net_info *info);
unsigned solo5_net_write(uint64_t handle, const uint8_t *buf, size_t size);
/* `size` is at least mtu + 14. */
unsigned solo5_net_read(uint64_t handle, uint8_t *buf, size_t size, size_t *read_size);

#endif
