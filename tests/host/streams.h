/* SPDX-License-Identifier: BSD-2-Clause */
/* The keystreams that a program of this machine can name. */
#ifndef STREAMS_H
#define STREAMS_H

#include "sb_keystreams.h"

#define STREAMS_LACKS 77 /* the exit status of a skip */

/*
 * The way of that name (core/stream.h). It does not return for a name that is
 * not linked, nor for one that this CPU or system lacks: the latter is a skip.
 */
unsigned streams_way(const char *name);
const struct sb_keystream *streams_entry(unsigned way); /* not of way 0 */

#endif
