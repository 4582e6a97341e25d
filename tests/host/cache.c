/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether this CPU has a cache that shows in times, by nothing of seedbed: the
 * median time of a load whose line was flushed, and of one that was not. With
 * it a test knows whether a refusal is true. Exit 0: it has one; 1: it has not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <emmintrin.h>
#include <x86intrin.h>

#define LOADS 4001

static int cache_less(const void *a, const void *b)
{
	unsigned long long x = *(const unsigned long long *)a, y = *(const unsigned long long *)b;

	return (x > y) - (x < y);
}

static unsigned long long cache_median(int flush)
{
	static unsigned long long ticks[LOADS];
	static volatile char line[64] __attribute__((aligned(64)));

	for (int i = 0; i < LOADS; i++) {
		(void)line[0];
		if (flush)
			_mm_clflush((const void *)line);
		_mm_mfence();
		_mm_lfence();
		ticks[i] = __rdtsc();
		_mm_lfence();
		(void)line[0];
		_mm_lfence();
		ticks[i] = __rdtsc() - ticks[i];
	}
	qsort(ticks, LOADS, sizeof *ticks, cache_less);
	return ticks[LOADS / 2];
}

int main(void)
{
	unsigned long long cached = cache_median(0), flushed = cache_median(1);

	printf("a load takes %llu ticks, and %llu where its line was flushed\n", cached, flushed);
	return flushed < cached * 3 / 2;
}
