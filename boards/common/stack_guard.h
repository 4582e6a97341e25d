/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What -fstack-protector of gcc and clang calls for: a word that functions put
 * above their arrays, and the report that it changed (docs/building.md).
 */
#ifndef STACK_GUARD_H
#define STACK_GUARD_H

#include <stdint.h>

/* The compiler's own names. A C library may have them too, and then wins. */
extern uintptr_t __stack_chk_guard;
__attribute__((noreturn)) void __stack_chk_fail(void);

/*
 * Gives the word another value in each run, before constructors and main. Weak:
 * an image that is not built with a stack protector may do without.
 */
__attribute__((weak)) void stack_guard_start(void);

/*
 * Of a function in which the word changes, or that runs before it can be read.
 * Without it the function would report itself.
 */
#if defined(__has_attribute)
#if __has_attribute(no_stack_protector)
#define STACK_GUARD_NONE __attribute__((no_stack_protector))
#endif
#endif
#ifndef STACK_GUARD_NONE
#define STACK_GUARD_NONE __attribute__((optimize("no-stack-protector")))
#endif

#endif
