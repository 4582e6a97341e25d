/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the cache timing source costs on this CPU, when it is the only one: the
 * CPU time from nothing to a first output of 32 bytes, probe and start-up test
 * included. It counts the seedings that are refused, and says why.
 *
 *   timing [SEEDINGS [LOADS]]
 *
 * LOADS processes write through 64 MiB each meanwhile. Exit 1 if more than one
 * of 10^5 seedings is refused, unless all are: then this machine has none.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>
#include "sb_cache_timing.h"
#include "sb_x86.h"
#include "seedbed.h"

#define LOAD_BYTES (64u << 20)
#define LOADS_MAX 64
#define PROBES 101

static struct sb_cache_timing_area timing_lines;
static struct sb_cache_timing_state timing_state = { SB_X86_CACHE_TIMING, .area = &timing_lines };
static const struct sb_source timing_source = SB_CACHE_TIMING_AS(&timing_state, 85);
static const struct sb_hal timing_hal = {
	.cycles = sb_x86_tsc, .cycle_bits = 64, .sources = &timing_source, .source_count = 1
};
static unsigned timing_refused[SEEDBED_REASONS];

static void timing_load(void)
{
	pid_t parent = getppid();
	uint8_t *memory = malloc(LOAD_BYTES);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (unsigned byte = 0; memory && getppid() == parent; byte++)
		memset(memory, (int)byte, LOAD_BYTES);
	_exit(0);
}

/* Microseconds. */
static double timing_now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
	return (double)at.tv_sec * 1e6 + (double)at.tv_nsec / 1e3;
}

static double timing_seeding(void)
{
	static struct seedbed bed;
	struct seedbed_report report;
	double begin = timing_now(), end;
	uint8_t out[32];
	int result = seedbed_init(&bed, &timing_hal);

	while (result == SB_OK || result == SB_EAGAIN) {
		result = seedbed_gather(&bed);
		if (result == SB_OK)
			break;
	}
	if (result == SB_OK)
		result = seedbed_read(&bed, out, sizeof out);
	end = timing_now();
	if (result != SB_OK && seedbed_inspect(&bed, 0, &report) == SB_OK)
		timing_refused[report.reason]++;
	seedbed_wipe(&bed);
	return end - begin;
}

static double timing_probe(void)
{
	double begin = timing_now(), end;

	(void)sb_cache_timing.probe(&timing_state);
	end = timing_now();
	sb_cache_timing.stop(&timing_state);
	return end - begin;
}

static int timing_less(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median of some. */
static double timing_probes(void)
{
	static double us[PROBES];

	for (size_t i = 0; i < PROBES; i++)
		us[i] = timing_probe();
	qsort(us, PROBES, sizeof *us, timing_less);
	return us[PROBES / 2];
}

int main(int argc, char **argv)
{
	size_t seedings = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000;
	size_t loads = argc > 2 ? strtoul(argv[2], NULL, 10) : 0, refused = 0;
	double *us = calloc(seedings + 1, sizeof *us), first;
	pid_t load[LOADS_MAX];

	if (!us || !seedings || loads > LOADS_MAX)
		return 2;
	for (size_t i = 0; i < loads; i++)
		if ((load[i] = fork()) == 0)
			timing_load();
	first = timing_seeding();
	for (size_t i = 0; i < seedings; i++)
		us[i] = timing_seeding();
	for (size_t i = 0; i < loads; i++)
		kill(load[i], SIGKILL);
	qsort(us, seedings, sizeof *us, timing_less);
	for (unsigned i = 0; i < SEEDBED_REASONS; i++) {
		refused += timing_refused[i];
		if (timing_refused[i])
			printf("refused=%u why=\"%s\"\n", timing_refused[i],
			       seedbed_reason_text(i));
	}
	printf("timing seedings=%zu loads=%zu refused=%zu first-us=%.0f median-us=%.0f p1=%.0f "
	       "p99=%.0f most=%.0f probe-us=%.0f\n",
	       seedings + 1, loads, refused, first, us[seedings / 2], us[seedings / 100],
	       us[seedings * 99 / 100], us[seedings - 1], timing_probes());
	free(us);
	return refused > seedings / 100000 + 1 && refused <= seedings;
}
