/* SPDX-License-Identifier: BSD-2-Clause */
/* The version of Xen as a fact of the receipt. */
#include "xen.h"

static char *version_number(char *to, unsigned n)
{
	if (n > 9)
		to = version_number(to, n / 10);
	*to++ = (char)('0' + n % 10);
	return to;
}

char *xen_version(const struct sb_xen *xen, char *to)
{
	static const char name[] = "xen=";
	long version = sb_xen_version(xen);

	if (version < 0)
		version = 0;
	for (const char *from = name; *from; from++)
		*to++ = *from;
	to = version_number(to, (unsigned)version >> 16 & 0xffff);
	*to++ = '.';
	to = version_number(to, (unsigned)version & 0xffff);
	*to = 0;
	return to;
}
