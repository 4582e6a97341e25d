/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program for user-mode emulation, without a C library. It executes what no
 * other suite can: the instructions of an ISA, as its own compiler encodes
 * them. An instruction that is not allowed here traps, and the program answers
 * instead of a CPU or a device. So it can answer what no emulator does: a
 * random number instruction that fails, or a device that goes silent.
 */
#ifndef USER_H
#define USER_H

#include <stddef.h>
#include <stdint.h>

/* The program defines this one. It RUNs its tests. */
void user_main(void);

/* Prints "ok NAME", which is what the harness counts. */
#define RUN(test) (test(), user_ok(#test))
/* Prints where, and ends the program, unless the condition holds. */
#define CHECK(condition) ((condition) ? (void)0 : user_failed(__FILE__, __LINE__, #condition))
void user_ok(const char *test);
void user_failed(const char *file, unsigned line, const char *what);
void user_say(const char *text);
void user_say_number(unsigned n);

/* A page of memory at that address. The program ends if it is not to be had. */
enum user_access { USER_NONE = 0, USER_WRITABLE = 3 };
void user_page(uintptr_t at, enum user_access access);

/* What a trap stopped: the general registers in the order of their numbers, the
   flags, and the place of the instruction. What is changed here is changed
   there. */
struct user_cpu {
	uint64_t *reg[32];
	uint64_t *flags, *pc;
	uint64_t fault; /* the address of an access to memory */
};

/* In the program: moves pc behind the instruction and returns 1, or returns 0,
   which ends the program. */
int user_trap(const struct user_cpu *cpu);

/* In trap_ISA.c. */
long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d);
extern const long user_call_write, user_call_exit, user_call_map;
/* A compiler calls these by itself. A board's own take their place. */
void *memset(void *to, int value, size_t len);
void *memcpy(void *to, const void *from, size_t len);
int memcmp(const void *left, const void *right, size_t len);
void user_catch(void);
void user_start(void);

#endif
