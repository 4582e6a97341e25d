/* SPDX-License-Identifier: BSD-2-Clause */
#include "user.h"

/* Linux, mmap(2): MAP_PRIVATE, MAP_FIXED, MAP_ANONYMOUS. */
#define USER_MAP 0x32
#define USER_PAGE 4096u

void user_say(const char *text)
{
	size_t len = 0;

	while (text[len])
		len++;
	(void)user_call(user_call_write, 1, (uintptr_t)text, len, 0);
}

void user_say_number(unsigned n)
{
	char text[2] = { (char)('0' + n % 10), 0 };

	if (n >= 10)
		user_say_number(n / 10);
	user_say(text);
}

static void user_exit(int status)
{
	for (;;)
		(void)user_call(user_call_exit, (uintptr_t)status, 0, 0, 0);
}

void user_ok(const char *test)
{
	user_say("ok ");
	user_say(test);
	user_say("\n");
}

void user_failed(const char *file, unsigned line, const char *what)
{
	user_say("FAILED ");
	user_say(file);
	user_say(":");
	user_say_number(line);
	user_say(": ");
	user_say(what);
	user_say("\n");
	user_exit(1);
}

void user_page(uintptr_t at, enum user_access access)
{
	long got;

	at -= at % USER_PAGE;
	got = user_call(user_call_map, at, USER_PAGE, (uintptr_t)access, USER_MAP);
	CHECK((uintptr_t)got == at);
}

void user_start(void)
{
	user_catch();
	user_main();
	user_exit(0);
}

__attribute__((weak)) void *memset(void *to, int value, size_t len)
{
	for (volatile uint8_t *byte = to; len; len--)
		*byte++ = (uint8_t)value;
	return to;
}

__attribute__((weak)) void *memcpy(void *to, const void *from, size_t len)
{
	const uint8_t *source = from;

	for (volatile uint8_t *byte = to; len; len--)
		*byte++ = *source++;
	return to;
}

__attribute__((weak)) int memcmp(const void *left, const void *right, size_t len)
{
	const volatile uint8_t *l = left, *r = right;

	for (; len; len--, l++, r++)
		if (*l != *r)
			return *l < *r ? -1 : 1;
	return 0;
}
