/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel that hides some of its CPU: an image of unix-aarch64 with this file
 * is linked with --wrap=getauxval. LACKS: bits of AT_HWCAP.
 */
#include <sys/auxv.h>

unsigned long __real_getauxval(unsigned long type);
unsigned long __wrap_getauxval(unsigned long type);

unsigned long __wrap_getauxval(unsigned long type)
{
	unsigned long word = __real_getauxval(type);

	return type == AT_HWCAP ? word & ~(unsigned long)(LACKS) : word;
}
