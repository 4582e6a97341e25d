// SPDX-License-Identifier: BSD-2-Clause
// std::random_device on newlib, over a platform whose seed is known. Its words
// are those that seedbed gives after the same start, and it throws where seedbed
// refuses. Status 0: all holds.
#include <cstdio>
#include <cstring>
#include <random>
#include <stdexcept>
#include <string>
#include "seedbed.h"

namespace
{

unsigned char left; // bytes of the seed that are there
int wrong;

int seed_probe(void *)
{
	return left ? SB_OK : SB_ENODEV;
}

int seed_read(void *, uint8_t *buf, size_t len)
{
	if (!left)
		return SB_ENODEV;
	std::memset(buf, left, len < left ? len : left);
	left -= len < left ? len : left;
	return static_cast<int>(len);
}

void seed_stop(void *)
{
}

uint64_t no_cycles()
{
	return 0;
}

void check(bool holds, const char *what)
{
	std::printf("%s %s\n", holds ? "ok" : "FAILED", what);
	wrong |= !holds;
}

void start(unsigned char bytes)
{
	seedbed_wipe(seedbed_shared());
	left = bytes;
}

void words_are_of_seedbed()
{
	std::random_device::result_type words[8], other;
	bool same = true;

	start(48);
	std::random_device device;
	for (auto &word : words)
		word = device();
	start(48);
	for (auto word : words)
		same = same && seedbed_random(&other, sizeof other) == SB_OK && other == word;
	check(same, "its words are those of seedbed");
	check(words[0] != words[1] && words[0] != words[7], "and differ");
}

std::string thrown(const char *token)
{
	try {
		std::random_device device(token);
		(void)device();
	} catch (const std::exception &error) {
		return error.what();
	}
	return "nothing";
}

void refusal_is_thrown()
{
	start(0);
	std::string what = thrown("default");
	check(what == "no source on this machine may be credited", what.c_str());
	what = thrown("getentropy");
	check(what != "nothing", what.c_str());
	start(48);
	check(thrown("default") == "nothing" && thrown("getentropy") == "nothing",
	      "and serves again");
}

} // namespace

static const struct sb_driver seed = { "test-seed", 2048,      1,         SB_SEED | SB_TEST,
				       seed_probe,  seed_read, seed_stop, nullptr, nullptr };
static const struct sb_source sources[] = { { &seed, nullptr, 2048 } };

extern "C" const struct sb_hal sb_platform = { no_cycles, 0, 0, nullptr, nullptr, nullptr,
					       nullptr, nullptr, sources, 1 };

int main()
{
	words_are_of_seedbed();
	refusal_is_thrown();
	return wrong;
}
