# SPDX-License-Identifier: BSD-2-Clause
"""What is tried on the boards: which sources a machine has and has not, what
they do wrong, and what the guest must then say. A file a world. any_board has
what a board's own TESTS ask for, and names no board.

Each file has tests(add), which calls add(group, name, action, *arguments,
**options) for each test: harness/catalogue.py. No file builds or runs anything
before its tests are run."""
