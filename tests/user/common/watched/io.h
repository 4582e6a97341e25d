/* SPDX-License-Identifier: BSD-2-Clause */
/* The io.h of arch/portable, whose barriers tell the program that they were
   passed. */
#ifndef WATCHED_IO_H
#define WATCHED_IO_H

void watched_publish(void);
void watched_acquire(void);
void watched_relax(void);

#define sb_io_publish unwatched_publish
#define sb_io_acquire unwatched_acquire
#define sb_io_relax unwatched_relax
#include "portable/io.h"
#undef sb_io_publish
#undef sb_io_acquire
#undef sb_io_relax

static inline void sb_io_publish(void)
{
	unwatched_publish();
	watched_publish();
}

static inline void sb_io_acquire(void)
{
	unwatched_acquire();
	watched_acquire();
}

static inline void sb_io_relax(void)
{
	unwatched_relax();
	watched_relax();
}

#endif
