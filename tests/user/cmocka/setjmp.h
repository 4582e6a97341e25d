/* SPDX-License-Identifier: BSD-2-Clause */
/* Suites include it for CMocka's sake. Nothing jumps here. */
