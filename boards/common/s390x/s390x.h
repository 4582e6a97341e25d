/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this folder share. PoP is the z/Architecture Principles of
   Operation, SA22-7832-13. */
#ifndef S390X_H
#define S390X_H

#include "board.h"
#include "sb_s390x.h"
#include "wfi.h"

/* A program-status word: chapter 4. */
struct s390x_psw {
	uint64_t mask;
	uint64_t at;
};
#define S390X_PSW_64 UINT64_C(0x0000000180000000) /* addresses of 64 bits */
#define S390X_PSW_EXTERNAL UINT64_C(0x0100000000000000)
#define S390X_PSW_WAIT UINT64_C(0x0002000000000000)

/* start.S calls it. */
_Noreturn void s390x_main(void);

/* Each board defines this: it finds the devices of its sources. */
void s390x_board(void);

/* The PSW of a wait that an external interruption ends; the waits return behind
   it. s390x_take lets one through that is pending. */
extern const struct s390x_psw s390x_waits;
void s390x_sleep(void);
void s390x_take(void);
void s390x_woken(void);

/* trap.c: the new PSWs. All interruptions but the external one end the run with
   a line; that one goes to s390x_woken. start.S calls s390x_trap. */
void s390x_trap_start(void);
void s390x_external_to(void (*entry)(void));
void s390x_failed(void);
_Noreturn void s390x_trap(void);

/* The prefix area at address 0: chapter 3, "Assigned Storage Locations". `at`
   is a multiple of the width. */
uint16_t s390x_low16(uintptr_t at);
uint64_t s390x_low64(uintptr_t at);
void s390x_low_clear(uintptr_t at);

/* console.c */
void s390x_console_start(void);

/* timer.c, for boards/common/wfi */
void s390x_timer_start(void);

/* The external interruptions that may come, of bits in control register 0
   (chapter 4), and where the code of one is (chapter 3). */
#define S390X_EMERGENCY 0x4000u
#define S390X_COMPARATOR 0x0800u
void s390x_externals(uint64_t which);
#define S390X_EXTERNAL_CODE 0x86
#define S390X_EXTERNAL_EMERGENCY 0x1201
#define S390X_EXTERNAL_COMPARATOR 0x1004

#endif
