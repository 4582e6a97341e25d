/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What test_wipe wants of CMocka, without a C library. The first assertion that
 * does not hold ends the program.
 */
#ifndef USER_CMOCKA_H
#define USER_CMOCKA_H

#include "user.h"

struct CMUnitTest {
	const char *name;
	void (*test)(void **state);
	int (*setup)(void **state);
};
#define CMOCKA_NAME(test) #test
#define cmocka_unit_test_setup(test, setup) ((struct CMUnitTest){ CMOCKA_NAME(test), test, setup })
int _cmocka_run_group_tests(const char *name, const struct CMUnitTest *test, size_t count,
			    int (*setup)(void **state), int (*teardown)(void **state));

/* Of the format, %s and %u are known. */
void print_message(const char *format, ...);

#define assert_true(condition) CHECK(condition)
#define assert_false(condition) CHECK(!(condition))
#define assert_int_equal(value, other) CHECK((value) == (other))
#define assert_in_range(value, least, most) CHECK((value) >= (least) && (value) <= (most))

#endif
