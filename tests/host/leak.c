/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests/host/instructions.py: a table and a branch that it must see, by a
 * byte of memory and by one of a vector, and a loop that leaks nothing.
 */
#include <stddef.h>
#include <stdint.h>

typedef uint8_t leak_vector __attribute__((vector_size(16)));

void leak_none(uint8_t *out, const uint8_t *key, size_t len);
void leak_none(uint8_t *out, const uint8_t *key, size_t len)
{
	for (size_t i = 0; i < len; i++)
		out[i] ^= key[i];
}

void leak_table(uint8_t *out, const uint8_t *key, const uint8_t *table);
void leak_table(uint8_t *out, const uint8_t *key, const uint8_t *table)
{
	*out = table[*key];
}

void leak_branch(uint8_t *out, const uint8_t *key);
void leak_branch(uint8_t *out, const uint8_t *key)
{
	if (*key)
		*out = 1;
}

void leak_vector_table(uint8_t *out, const leak_vector *key, const uint8_t *table);
void leak_vector_table(uint8_t *out, const leak_vector *key, const uint8_t *table)
{
	*out = table[(*key + *key)[3]];
}
