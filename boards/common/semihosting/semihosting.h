/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A call of semihosting, by 32-bit Arm or RISC-V. QEMU or a debugger
 * must be there: without one the call faults.
 */
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include <stdint.h>

/*
 * Semihosting for AArch32 and AArch64, Release 2.0, section 3. SVC in SVC mode
 * takes the register lr. RISC-V Semihosting 0.3: the same calls by another
 * trap, whose three instructions are not compressed, and lie in one page. A
 * word of a block is as wide as a register.
 */
#if defined(__riscv)
#define SEMIHOSTING_TRAP                                                           \
	".balign 16\n\t.option push\n\t.option norvc\n\tslli zero, zero, 0x1f\n\t" \
	"ebreak\n\tsrai zero, zero, 7\n\t.option pop"
#elif __ARM_ARCH_PROFILE == 'M'
#define SEMIHOSTING_TRAP "bkpt 0xab"
#elif defined(__thumb__)
#define SEMIHOSTING_TRAP "svc 0xab"
#elif defined(__arm__)
#define SEMIHOSTING_TRAP "svc 0x123456"
#else
#error "how does this ISA call semihosting?"
#endif

#if defined(__riscv)
#define SEMIHOSTING_FIRST "a0"
#define SEMIHOSTING_SECOND "a1"
#define SEMIHOSTING_TAKES "memory"
#elif defined(__arm__)
#define SEMIHOSTING_FIRST "r0"
#define SEMIHOSTING_SECOND "r1"
#define SEMIHOSTING_TAKES "memory", "lr"
#endif

static inline int32_t semihosting_call(uintptr_t operation, const void *block)
{
	register uintptr_t first __asm__(SEMIHOSTING_FIRST) = operation;
	register const void *second __asm__(SEMIHOSTING_SECOND) = block;

	__asm__ volatile(SEMIHOSTING_TRAP : "+r"(first) : "r"(second) : SEMIHOSTING_TAKES);
	return (int32_t)first;
}

#endif
