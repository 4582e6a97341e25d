/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How often the health tests alarm. Nobody can wait for a false alarm in 2^30
 * samples. So the same code runs with cutoffs for one alarm in 2^10 samples and
 * in 2^7 windows. Its sources have exactly the entropy that those cutoffs are
 * for. The rate must be the exact one within 20 %.
 *
 * Then the real cutoffs run on sources of half the entropy. The seeds are
 * fixed, so every run is the same.
 */
#include <math.h>
#include <stdio.h>
#include "fake.h"

#define RATES_SAMPLES 0x1p-10
#define RATES_WINDOWS 0x1p-7
#define RATES_NEVER 60000
#define RATES_ALARMS 300 /* to wait for */

static int rates_wrong;

/*
 * A source of h bits a sample. If 2^h is a whole number, it has that many
 * values, all alike. If not, one value comes with 2^-h, and 200 others share
 * the rest.
 */
struct rates_source {
	double p;
	unsigned values;
	uint64_t x;
};

static struct rates_source rates_source(double h)
{
	struct rates_source source = { exp2(-h), h >= 1 && h == floor(h) ? 1u << (unsigned)h : 0,
				       0x9e3779b97f4a7c15u };

	return source;
}

static uint8_t rates_sample(struct rates_source *s)
{
	uint32_t high, low;

	s->x ^= s->x << 13;
	s->x ^= s->x >> 7;
	s->x ^= s->x << 17;
	high = (uint32_t)(s->x * 0x2545f4914f6cdd1du >> 32);
	low = (uint32_t)s->x;
	if (s->values)
		return (uint8_t)(high & (s->values - 1));
	return high < s->p * 0x1p32 ? 0 : (uint8_t)(1 + low % 200);
}

/* P(at least k of n, each with p). The smallest terms come first. */
static double rates_tail(int n, int k, double p)
{
	double sum = 0;

	for (int i = n; i >= k; i--)
		sum += exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) +
			   (n - i) * log1p(-p));
	return sum;
}

/*
 * Alarms a sample, as the inverse of the expected wait for c equal samples in a
 * row. If all values are alike, any of them may repeat, else the frequent one.
 */
static double rates_repetition(const struct rates_source *s, int c)
{
	double run = pow(s->p, c);

	return s->values ? (1 / s->p - 1) * run / (1 - run) : (1 - s->p) * run / (1 - run);
}

/* Alarms a window: its first sample stands in it c times or more. */
static double rates_proportion(const struct rates_source *s, int c)
{
	return (s->values ? 1 : s->p) * rates_tail(SB_APT_WINDOW - 1, c - 1, s->p);
}

static void rates_compare(const char *what, double h, int cutoff, double expected, double measured,
			  double events)
{
	int right = fabs(measured - expected) <= 0.2 * expected;

	printf("%-22s H %5.3f  cutoff %3d  expected %.3e  measured %.3e  (%.0f alarms)%s\n", what,
	       h, cutoff, expected, measured, events, right ? "" : "  WRONG");
	rates_wrong |= !right;
}

static struct seedbed_slot rates_slot(void)
{
	static const struct sb_driver noise = { .width = 1, .flags = SB_NOISE };
	struct seedbed_slot slot = { 0 };

	sb_health_start(&slot, &noise);
	return slot;
}

static void rates_of_repetition(double h)
{
	struct rates_source source = rates_source(h);
	struct sb_cutoffs cut = { (uint16_t)(1 + ceil(-log2(RATES_SAMPLES) / h)), RATES_NEVER };
	struct seedbed_slot slot = rates_slot();
	double expected = rates_repetition(&source, cut.repetition),
	       samples = ceil(RATES_ALARMS / expected), alarms = 0;

	for (double i = 0; i < samples; i++) {
		uint8_t sample = rates_sample(&source);

		if (sb_health_samples(&slot, cut, &sample, 1, 1) < 0) {
			slot.same = 0;
			alarms++;
		}
	}
	rates_compare("repetition, a sample", h, cut.repetition, expected, alarms / samples,
		      alarms);
}

/* How many of these windows alarm. */
static double rates_windows(struct rates_source *source, struct sb_cutoffs cut, double windows)
{
	double alarms = 0;

	for (double i = 0; i < windows; i++) {
		struct seedbed_slot slot = rates_slot();
		uint8_t buf[SB_APT_WINDOW];

		for (size_t k = 0; k < sizeof buf; k++)
			buf[k] = rates_sample(source);
		alarms += sb_health_samples(&slot, cut, buf, sizeof buf, 1) < 0;
	}
	return alarms;
}

static void rates_of_proportion(double h)
{
	struct rates_source source = rates_source(h);
	struct sb_cutoffs cut = { RATES_NEVER, 2 };
	double expected, windows, alarms;

	while (rates_tail(SB_APT_WINDOW - 1, cut.proportion - 1, source.p) > RATES_WINDOWS)
		cut.proportion++;
	expected = rates_proportion(&source, cut.proportion);
	windows = ceil(RATES_ALARMS / expected);
	alarms = rates_windows(&source, cut, windows);
	rates_compare("proportion, a window", h, cut.proportion, expected, alarms / windows,
		      alarms);
}

/*
 * The real cutoffs for h bits, and a source of half as many bits. Expected is
 * what the proportion test alone must see in one window.
 */
static void rates_at_half(double h)
{
	struct rates_source source = rates_source(h / 2);
	struct sb_cutoffs cut = fake_cutoffs((uint32_t)(h * 256));
	double expected = rates_proportion(&source, cut.proportion), windows = 4000,
	       alarms = rates_windows(&source, cut, windows);
	double missed = 1 - alarms / windows;
	int right = expected >= 0.99 ? missed <= 0.01
				     : fabs(missed - (1 - expected)) <= 0.2 * (1 - expected);

	printf("half of H %5.3f         cutoffs %3d, %3d  alarm within a window: at least %.5f  "
	       "measured %.5f%s\n",
	       h, cut.repetition, cut.proportion, expected, 1 - missed, right ? "" : "  WRONG");
	rates_wrong |= !right;
}

int main(void)
{
	static const double entropy[] = { 1.0 / 3, 1, 4, 8 };

	for (size_t i = 0; i < sizeof entropy / sizeof *entropy; i++) {
		rates_of_repetition(entropy[i]);
		rates_of_proportion(entropy[i]);
	}
	for (double h = 0.5; h <= 8; h *= 2)
		rates_at_half(h);
	return rates_wrong;
}
