/* SPDX-License-Identifier: BSD-2-Clause */
/* A Unix process as a machine: its kernel's generator, fork as the way to be cloned, poll as the event loop. */
#ifndef SB_UNIX_H
#define SB_UNIX_H

#include "sb_hal.h"
#include "sb_loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* SB_EAGAIN: the kernel has not seeded itself yet; read never blocks on Linux. No context: ctx is NULL. */
extern const struct sb_driver sb_unix_getrandom;

/* A row of sb_hal.sources. The kernel's own cryptographic generator, handed over only once it holds 256 bits (random(7)), and reseeded
   from noise as long as it runs: full entropy for seeding, as every program on that kernel assumes. */
#define SB_UNIX_GETRANDOM SB_UNIX_GETRANDOM_AS(2048)
/* clang-format off */
#define SB_UNIX_GETRANDOM_AS(credit) { &sb_unix_getrandom, NULL, (credit) }
/* clang-format on */

/* For sb_hal.epoch: another id in every process that fork (on Linux: or clone) makes. The clone of a whole virtual machine is not seen:
   no kernel tells its programs the generation id. */
int sb_unix_epoch(uint8_t id[16]);

/* For sb_hal.distrust: what the environment variable SEEDBED_DISTRUST says; "cpu": the CPU's instructions, like Linux' random.trust_cpu=off; "all":
   every source, so that a program can be seen to refuse. It only ever takes credit away. */
uint8_t sb_unix_distrust(void);

/* For sb_hal.enter and leave: a lock of the process, recursive and sound after fork. A signal handler gets in and finds SB_EAGAIN. */
void sb_unix_enter(void);
void sb_unix_leave(void);

uint64_t sb_unix_now(
	void); /* monotonic nanoseconds; for sb_hal.cycles at 1000000000 Hz where there is nothing finer */
extern const struct sb_loop sb_unix_loop; /* of one thread, like any loop */

/* A descriptor to be read from, or -1: while it is ready (POLLIN), or closed, waits end at once. A program with many gives one that stands for
   them all, of epoll(7) or kqueue(2). ready, unless NULL, is called within each wait that so ends, and reads. After fork a child shares it. */
void sb_unix_watch(int fd, void (*ready)(int fd));

#ifdef __cplusplus
}
#endif
#endif
