/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For a program that is a list of checks. Each prints "ok NAME" or "FAILED
 * NAME".
 */
#ifndef CHECKS_H
#define CHECKS_H

void checks_say(const char *name, int holds);
/* Prints "N passed, N failed". Returns how many failed. */
unsigned checks_end(void);

#endif
