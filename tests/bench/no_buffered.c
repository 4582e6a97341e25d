/* SPDX-License-Identifier: BSD-2-Clause */
#include "beds.h"

void bench_buffered(unsigned way)
{
	(void)way;
	turns_lacks("seedbed buffered", "this version has none");
	turns_lacks("seedbed buffered without epoch", "this version has none");
}
