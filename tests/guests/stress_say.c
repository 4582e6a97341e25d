/* SPDX-License-Identifier: BSD-2-Clause */
#include "print.h"
#include "stress.h"

void stress_say(const char *name, uint64_t value)
{
	print_text(name);
	print_text(" ");
	print_number(value);
	print_text("\n");
}
