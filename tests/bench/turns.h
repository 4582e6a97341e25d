/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the programs of `make bench` share. Each holds one library, and takes
 * turns with the others: tools/bench asks one for a turn, waits for its answer,
 * and asks the next. So libraries whose symbols collide meet in no process, and
 * a slow moment of the machine falls on all of them.
 *
 *   a program begins with   has NAME            for each of its makers
 *                           lacks NAME: WHY
 *                           is WHAT VALUE
 *                           ready
 *   a request is            LEN CALLS NAME
 *   and its answer          nanoseconds of CPU time a call, or `failed`
 */
#ifndef TURNS_H
#define TURNS_H

#include <stddef.h>
#include <stdint.h>

#define TURNS_LEN_MAX ((size_t)1 << 20)

/* Makes len bytes. 0: they are there. */
typedef int (*turns_make)(void *ctx, uint8_t *out, size_t len);
/* A turn that finds its figure itself. Below 0: failed. */
typedef double (*turns_figure)(void *ctx, uint8_t *out, size_t len, size_t calls);

void turns_has(const char *name, turns_make make, void *ctx);
void turns_has_figure(const char *name, turns_figure figure, void *ctx);
void turns_lacks(const char *name, const char *why);
void turns_is(const char *what, const char *value);
/* Serves until its input ends: the status of the program. */
int turns_serve(void);

/* The CPU time of this thread, in nanoseconds. */
uint64_t turns_now(void);
/* A seed for a peer, of the kernel. 0: it is there. */
int turns_seed(void *out, size_t len);

#endif
