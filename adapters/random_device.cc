// SPDX-License-Identifier: BSD-2-Clause
// std::random_device of libstdc++ on newlib, without a system below. libstdc++
// takes its words from arc4random. newlib's is a generator of its own: it ends
// the program where there is no seed, and it does not learn of a clone. These
// take its place, beside adapters/newlib.c.
//
// Each word is drawn from seedbed. Where seedbed refuses they throw
// std::runtime_error, and what() is the reason. So the code of a caller in C
// wants -fexceptions.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include "seedbed.h"

extern "C" void arc4random_buf(void *buf, std::size_t len)
{
	if (seedbed_random(buf, len) != SB_OK)
		throw std::runtime_error(
			seedbed_reason_text(seedbed_status(seedbed_shared()).reason));
}

extern "C" std::uint32_t arc4random()
{
	std::uint32_t word;

	arc4random_buf(&word, sizeof word);
	return word;
}
