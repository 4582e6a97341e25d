/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions that a program wants called before main and after it: those
 * with __attribute__((constructor)) or ((destructor)), and C++'s for static
 * objects.
 */
#ifndef CONSTRUCTORS_H
#define CONSTRUCTORS_H

/* the program */
int main(void);

/*
 * Runs constructors, main, and destructors, and returns what main returned.
 * Start code calls it in the place of main, with console, memory and
 * board_facts in place. So seedbed_random in a constructor gives what it gives
 * in main. A program that ends by board_exit runs no destructor.
 */
int constructors_main(void);

/*
 * The two parts, for a board whose C library has a word in between: the entries
 * of .preinit_array and .init_array in order; those of .fini_array from the
 * last to the first.
 */
void constructors_run(void);
void constructors_end(void);

#endif
