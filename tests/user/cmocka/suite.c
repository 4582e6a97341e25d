/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a CMocka suite by user-mode emulation. Nothing traps in it. */
#include <stdarg.h>
#include <cmocka.h>
#include "core.h"

int main(void);

int _cmocka_run_group_tests(const char *name, const struct CMUnitTest *test, size_t count,
			    int (*setup)(void **state), int (*teardown)(void **state))
{
	(void)name;
	(void)setup;
	(void)teardown;
	for (size_t i = 0; i < count; i++) {
		void *state = NULL;

		CHECK(test[i].setup(&state) == 0);
		test[i].test(&state);
		user_ok(test[i].name);
	}
	return 0;
}

void print_message(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	for (char letter[2] = { 0 }; (letter[0] = *format); format++)
		if (letter[0] != '%')
			user_say(letter);
		else if (*++format == 's')
			user_say(va_arg(values, const char *));
		else
			user_say_number(va_arg(values, unsigned));
	va_end(values);
}

int user_trap(const struct user_cpu *cpu)
{
	(void)cpu;
	return 0;
}

void user_main(void)
{
	CHECK(main() == 0);
}

#ifdef WITHOUT_WIPE
/* The linker puts it in the place of sb_wipe_stack: the dead stack survives. */
int __wrap_sb_wipe_stack(int result);
int __wrap_sb_wipe_stack(int result)
{
	return result;
}
#endif
