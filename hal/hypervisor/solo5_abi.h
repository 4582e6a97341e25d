/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Solo5's calls, as far as this project makes them: the public ABI of 0.12, the same in all of its bindings (hvt, spt, virtio, muen, xen), which
 * one links. Times are nanoseconds. A result of 0 is good. A program with Solo5's own header takes that one and sb_solo5.h.
 */
#ifndef SOLO5_ABI_H
#define SOLO5_ABI_H

#include <stddef.h>
#include <stdint.h>

struct solo5_start_info {
	const char *cmdline;
	uintptr_t
		heap_start; /* the stack grows down from the end of the heap; the program may use the rest */
	size_t heap_size;
};

int solo5_app_main(const struct solo5_start_info *info); /* what a program defines */
void solo5_exit(int status) __attribute__((noreturn));   /* 255 and above is Solo5's own */

void solo5_console_write(const char *buf, size_t size);
uint64_t solo5_clock_monotonic(void);
uint64_t solo5_clock_wall(void); /* since 1970 */
void solo5_yield(
	uint64_t deadline,
	uint64_t *
		ready_set); /* until a packet is there or monotonic time reaches deadline; a bit a handle */

/* A network device is there if the image's manifest names it, and then whoever starts the image must attach one. */
struct solo5_net_info {
	uint8_t mac_address[6];
	size_t mtu; /* without the header of 14 bytes */
};

unsigned solo5_net_acquire(const char *name, uint64_t *handle,
			   struct solo5_net_info *info); /* once for each name */
unsigned solo5_net_write(uint64_t handle, const uint8_t *buf, size_t size);
unsigned solo5_net_read(uint64_t handle, uint8_t *buf, size_t size,
			size_t *read_size); /* size: at least mtu + 14 */

#endif
