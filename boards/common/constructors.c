/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The arrays of ELF (gabi, "Initialization and Termination Functions"). A
 * board's link script gives each its two ends, and puts .ctors and .dtors into
 * them for a compiler that still writes those. In a position-independent image
 * the start code has relocated the entries.
 */
#include "constructors.h"
#include "sb_hal.h"
#include "stack_guard.h"

/*
 * Weak, so that a link script without them still links. Both ends are then at
 * one address. It need not be 0, so only their difference is looked at.
 */
#define CONSTRUCTORS_END __attribute__((weak, visibility("hidden")))
typedef void (*constructors_entry)(void);
extern const constructors_entry __preinit_array_start[] CONSTRUCTORS_END;
extern const constructors_entry __preinit_array_end[] CONSTRUCTORS_END;
extern const constructors_entry __init_array_start[] CONSTRUCTORS_END;
extern const constructors_entry __init_array_end[] CONSTRUCTORS_END;
extern const constructors_entry __fini_array_start[] CONSTRUCTORS_END;
extern const constructors_entry __fini_array_end[] CONSTRUCTORS_END;

static void constructors_walk(const constructors_entry *at, const constructors_entry *end)
{
	while (at < end)
		(*at++)();
}

STACK_GUARD_NONE void constructors_run(void)
{
	if (stack_guard_start)
		stack_guard_start();
	constructors_walk(__preinit_array_start, __preinit_array_end);
	constructors_walk(__init_array_start, __init_array_end);
}
/* By this tools/provenance knows start code that runs them. */
SB_MARK(sb_start_, constructors_run);

void constructors_end(void)
{
	for (const constructors_entry *at = __fini_array_end; at > __fini_array_start;)
		(*--at)();
}

STACK_GUARD_NONE int constructors_main(void)
{
	int status;

	constructors_run();
	status = main();
	constructors_end();
	return status;
}
/* constructors_run may have become a part of it. */
SB_MARK(sb_start_, constructors_main);
