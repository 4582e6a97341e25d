/* SPDX-License-Identifier: BSD-2-Clause */
/* A program that is a list of checks: a line each, "ok NAME" or "FAILED NAME", and their sum. */
#ifndef CHECKS_H
#define CHECKS_H

void checks_say(const char *name, int holds);
unsigned checks_end(void); /* "N passed, N failed"; how many failed */

#endif
