# SPDX-License-Identifier: BSD-2-Clause
"""The test harness. The commands qemu/run, qemu/check, qemu/demo, qemu/clone and
qemu/boots are its users, and so are the scripts of tests/.

  tree          where things are in the tree
  failures      a test that cannot run, that fails; what was asked for is absent
  children      starts programs, and ends all of them when it is interrupted
  boards        reads board.mk and machines: what a board is and is tested for
  toolchain     which compilers are installed
  capabilities  what the installed emulator can do, asked once
  make          builds one path, when somebody needs it
  compilers     builds a board by either compiler, at any level
  console       what a console says, and what that means
  receipt       reads a receipt
  judge         boots one image on one machine
  clone         starts two machines from one snapshot
  many          boots one image many times, and judges all boots together
  options       the command line that qemu/run and qemu/clone share
  confidential  a CPU that answers as that of a confidential machine
  hostile       a virtio-rng device that breaks the rules
  domains       domains of Xen that xl starts
  nested        Solo5's hvt in a Linux guest
  backends      the table of backends
  faults        the faults that are tried, and whether their tests show them
  catalogue     the list of all tests
  runner        runs them, several at a time
  report        what a person sees of that
"""
