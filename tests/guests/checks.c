/* SPDX-License-Identifier: BSD-2-Clause */
#include "checks.h"
#include "print.h"

static unsigned checks_passed, checks_failed;

void checks_say(const char *name, int holds)
{
	print_text(holds ? "ok " : "FAILED ");
	print_text(name);
	print_text("\n");
	if (holds)
		checks_passed++;
	else
		checks_failed++;
}

unsigned checks_end(void)
{
	print_number(checks_passed);
	print_text(" passed, ");
	print_number(checks_failed);
	print_text(" failed\n");
	return checks_failed;
}
