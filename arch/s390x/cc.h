/* SPDX-License-Identifier: BSD-2-Clause */
/* The condition code of the instruction before, as asm operand %0. */
#ifndef CC_H
#define CC_H

#define CC_TAKE "ipm %0"
/* Behind two bits of zero and above the program mask: PoP, chapter 7, INSERT
   PROGRAM MASK. */
#define CC_OF(taken) ((int)((uint32_t)(taken) >> 28 & 3))

#endif
