/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions that a compiler may call on its own, for guests without a C
 * library. They work by words where source and destination allow it.
 */
#include <stdint.h>
#include <string.h>

typedef unsigned long __attribute__((may_alias)) mem_word;
#define MEM_WORD sizeof(unsigned long)
#define MEM_ODD(p) ((uintptr_t)(p) % MEM_WORD)

/*
 * Every loop calls this. Without it the compiler may see that the loop is
 * memcpy, and make it a call of the very function that it implements.
 */
static inline void mem_keep(void)
{
	__asm__ volatile("" : : : "memory");
}

static inline void mem_word_copy(void *to, const void *from)
{
	const mem_word *word = from;

	*(mem_word *)to = *word;
}

static uint8_t *mem_up(uint8_t *to, const uint8_t *from, size_t len)
{
	if (MEM_ODD(to) == MEM_ODD(from)) {
		for (; len && MEM_ODD(to); len--, mem_keep())
			*to++ = *from++;
		for (; len >= MEM_WORD;
		     len -= MEM_WORD, to += MEM_WORD, from += MEM_WORD, mem_keep())
			mem_word_copy(to, from);
	}
	for (; len; len--, mem_keep())
		*to++ = *from++;
	return to;
}

static void mem_down(uint8_t *to, const uint8_t *from, size_t len)
{
	to += len;
	from += len;
	if (MEM_ODD(to) == MEM_ODD(from)) {
		for (; len && MEM_ODD(to); len--, mem_keep())
			*--to = *--from;
		for (; len >= MEM_WORD; len -= MEM_WORD, mem_keep()) {
			to -= MEM_WORD;
			from -= MEM_WORD;
			mem_word_copy(to, from);
		}
	}
	for (; len; len--, mem_keep())
		*--to = *--from;
}

__attribute__((weak, used)) void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
	(void)mem_up(to, from, len);
	return to;
}

__attribute__((weak, used)) void *memmove(void *to, const void *from, size_t len)
{
	if ((uintptr_t)to - (uintptr_t)from >= len)
		(void)mem_up(to, from, len);
	else
		mem_down(to, from, len);
	return to;
}

__attribute__((weak, used)) void *memset(void *to, int value, size_t len)
{
	/* the byte in every place */
	mem_word word = (mem_word)-1 / 255 * (uint8_t)value;
	uint8_t *at = to;

	for (; len && MEM_ODD(at); len--, mem_keep())
		*at++ = (uint8_t)value;
	for (; len >= 4 * MEM_WORD; len -= 4 * MEM_WORD, mem_keep())
		for (unsigned i = 0; i < 4; i++, at += MEM_WORD)
			*(mem_word *)(void *)at = word;
	for (; len >= MEM_WORD; len -= MEM_WORD, at += MEM_WORD, mem_keep())
		*(mem_word *)(void *)at = word;
	for (; len; len--, mem_keep())
		*at++ = (uint8_t)value;
	return to;
}

__attribute__((weak, used)) int memcmp(const void *left, const void *right, size_t len)
{
	const uint8_t *a = left, *b = right;

	for (; len; len--, a++, b++, mem_keep())
		if (*a != *b)
			return *a - *b;
	return 0;
}

__attribute__((weak, used)) size_t strlen(const char *text)
{
	size_t len = 0;

	for (; text[len]; mem_keep())
		len++;
	return len;
}
