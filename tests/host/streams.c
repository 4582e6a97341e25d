/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "streams.h"

const struct sb_keystream *streams_entry(unsigned way)
{
	return sb_keystreams[way - 1];
}

unsigned streams_way(const char *name)
{
	if (strcmp(name, "chacha20") == 0)
		return 0;
	for (unsigned way = 1; streams_entry(way); way++) {
		if (strcmp(name, streams_entry(way)->name) != 0)
			continue;
		if (!(streams_entry(way)->needs & ~sb_keystream_facts()))
			return way;
		printf("%s is not for this CPU and system\n", name);
		exit(STREAMS_LACKS);
	}
	printf("no keystream has the name %s\n", name);
	exit(2);
}
