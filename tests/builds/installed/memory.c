/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory functions of a program's own. A board has these functions too. */
#include <string.h>

#define PLAIN __attribute__((optimize("no-tree-loop-distribute-patterns")))
#ifdef __clang__
#undef PLAIN
#define PLAIN __attribute__((no_builtin))
#endif

PLAIN void *memcpy(void *to, const void *from, size_t len)
{
	unsigned char *at = to;

	for (size_t i = 0; i < len; i++)
		at[i] = ((const unsigned char *)from)[i];
	return to;
}

PLAIN void *memset(void *to, int value, size_t len)
{
	unsigned char *at = to;

	for (size_t i = 0; i < len; i++)
		at[i] = (unsigned char)value;
	return to;
}
