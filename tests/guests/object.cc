// SPDX-License-Identifier: BSD-2-Clause
// A key in a static object of C++, whose constructor draws it. Status 0: before
// main the key was there.
#include "board.h"
#include "seedbed.h"

namespace
{

struct key {
	unsigned char bytes[32];
	int result;

	key() : result(seedbed_random(bytes, sizeof bytes))
	{
	}
};

key session;

} // namespace

// C++ without a hosted library gives main no name of C.
extern "C" int main()
{
	unsigned char any = 0;

	for (unsigned char byte : session.bytes)
		any |= byte;
	if (any != 0 && session.result == SB_OK)
		board_write("the key is there\n", 17);
	return any == 0 || session.result != SB_OK;
}
