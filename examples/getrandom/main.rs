// SPDX-License-Identifier: BSD-2-Clause
//! A program in Rust without the standard library: it draws a key through the
//! crate getrandom, as rand and RustCrypto do, and prints it.
//!
//! Linked like a program in C: with the objects of a board, and libseedbed.a.
//! Exit status 0: it has a key. 1: seedbed refused, and no key is printed.
#![no_std]
#![no_main]

use core::panic::PanicInfo;
use seedbed_getrandom as _; // the backend: without this line it is not linked

extern "C" {
    fn board_write(text: *const u8, len: usize); // board.h
}

fn say(text: &[u8]) {
    // SAFETY: it reads len bytes, and keeps no pointer to them.
    unsafe { board_write(text.as_ptr(), text.len()) }
}

fn say_hex(bytes: &[u8]) {
    for byte in bytes {
        let digits = b"0123456789abcdef";
        say(&[digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]);
    }
}

#[no_mangle]
extern "C" fn main() -> i32 {
    let mut key = [0u8; 32];
    match getrandom::getrandom(&mut key) {
        Ok(()) => {
            say(b"key ");
            say_hex(&key);
            say(b"\n");
            0
        }
        Err(error) => {
            say(b"no key: getrandom's error ");
            say_hex(&error.code().get().to_be_bytes());
            say(b"\nverdict refused\n");
            1
        }
    }
}

#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    say(b"panic\n");
    loop {}
}
