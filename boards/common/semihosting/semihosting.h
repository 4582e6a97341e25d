/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A call of Arm's semihosting, 32-bit. QEMU or a debugger must be there:
 * without one the call faults.
 */
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include <stdint.h>

/*
 * Semihosting for AArch32 and AArch64, Release 2.0, section 3. SVC in SVC mode
 * takes the register lr.
 */
#if __ARM_ARCH_PROFILE == 'M'
#define SEMIHOSTING_TRAP "bkpt 0xab"
#elif defined(__thumb__)
#define SEMIHOSTING_TRAP "svc 0xab"
#elif defined(__arm__)
#define SEMIHOSTING_TRAP "svc 0x123456"
#else
#error "how does this ISA call semihosting?"
#endif

static inline int32_t semihosting_call(uint32_t operation, const void *block)
{
	register uint32_t r0 __asm__("r0") = operation;
	register const void *r1 __asm__("r1") = block;

	__asm__ volatile(SEMIHOSTING_TRAP : "+r"(r0) : "r"(r1) : "memory", "lr");
	return (int32_t)r0;
}

#endif
