/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A Unix process as a machine. Its source is the kernel's generator, fork is
 * how it is cloned, and poll is its event loop.
 */
#ifndef SB_UNIX_H
#define SB_UNIX_H

#include "sb_hal.h"
#include "sb_loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The kernel's generator. It has no context: ctx is NULL. SB_EAGAIN: the kernel
   has not seeded itself yet. read never blocks on Linux. A probe that the
   kernel does not allow, as under seccomp, is SB_EUNFIT. */
extern const struct sb_driver sb_unix_getrandom;

/*
 * A row of sb_hal.sources. The kernel's generator is cryptographic. The kernel
 * hands bytes over only once it holds 256 bits (random(7)), and reseeds from
 * noise as long as it runs. That is full entropy for seeding, as every program
 * on that kernel assumes.
 */
#define SB_UNIX_GETRANDOM SB_UNIX_GETRANDOM_AS(2048)
/* clang-format off */
#define SB_UNIX_GETRANDOM_AS(credit) { &sb_unix_getrandom, NULL, (credit) }
/* clang-format on */

/*
 * For sb_hal.epoch. The id is another one in every process that fork makes; on
 * Linux also in one that clone makes. A clone of the whole virtual machine is
 * not seen, because no kernel tells its programs the generation id.
 */
int sb_unix_epoch(uint8_t id[16]);

/*
 * For sb_hal.distrust: the flags that the environment variable SEEDBED_DISTRUST
 * names. "cpu" means what is the CPU's own: its instructions, like Linux'
 * random.trust_cpu=off, and its times. "timing" means the times, "but-timing"
 * all but the times. "all" means every source, so that a program can be seen to
 * refuse, and so does each word that is not known. The variable only ever takes
 * credit away.
 */
uint16_t sb_unix_distrust(void);

/* For sb_hal.enter and leave: a lock of the process. It is recursive, and sound
   after fork. A signal handler gets in and finds SB_EAGAIN. */
void sb_unix_enter(void);
void sb_unix_leave(void);

/* Monotonic nanoseconds. Where there is nothing finer, this serves as
   sb_hal.cycles at 1000000000 Hz. */
uint64_t sb_unix_now(void);

/* The loop of one thread, as every loop is. */
extern const struct sb_loop sb_unix_loop;

/*
 * Names a descriptor to read from, or -1. While it is ready (POLLIN) or closed,
 * waits end at once. A program with many descriptors gives one that stands for
 * all of them, of epoll(7) or kqueue(2). `ready`, unless NULL, is called within
 * each wait that ends so, and reads. After fork a child shares the descriptor.
 */
void sb_unix_watch(int fd, void (*ready)(int fd));

#ifdef __cplusplus
}
#endif
#endif
