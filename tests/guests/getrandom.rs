// SPDX-License-Identifier: BSD-2-Clause
//! What adapters/getrandom promises to the crate getrandom, on any CPU that
//! rustc has the core library of: it calls the backend as getrandom 0.2 does.
//! Status as that of smoke: 0 serves, 1 refused, 2 wrong.
#![no_std]
#![no_main]

use core::panic::PanicInfo;
use seedbed_getrandom::REFUSED;

extern "C" {
    fn board_write(text: *const u8, len: usize);
    fn __getrandom_custom(dest: *mut u8, len: usize) -> u32;
}

const CUSTOM_START: u32 = 0xc000_0000;

fn say(text: &str) {
    // SAFETY: it reads len bytes, and keeps no pointer to them.
    unsafe { board_write(text.as_ptr(), text.len()) }
}

fn check(holds: bool, what: &str, wrong: &mut bool) {
    say(if holds { "ok " } else { "FAILED " });
    say(what);
    say("\n");
    *wrong |= !holds;
}

#[no_mangle]
extern "C" fn main() -> i32 {
    let mut wrong = false;
    let (mut one, mut other) = ([0xa5u8; 40], [0xa5u8; 40]);
    // SAFETY: the bytes behind the first 32 are checked to be left alone.
    let codes = unsafe {
        (__getrandom_custom(one.as_mut_ptr(), 32), __getrandom_custom(other.as_mut_ptr(), 32))
    };
    let beyond = one[32..].iter().chain(&other[32..]).all(|byte| *byte == 0xa5);
    check(beyond, "writes as many bytes as were asked for", &mut wrong);
    let refused = codes.0 != 0;
    if refused {
        let code = CUSTOM_START + u32::from(REFUSED);
        check(codes == (code, code), "a refusal is the error REFUSED", &mut wrong);
        check(one[..32] == [0; 32], "a refusal leaves zeros", &mut wrong);
        say("verdict refused\n");
    } else {
        check(codes.1 == 0, "the second draw serves too", &mut wrong);
        check(one[..32] != [0xa5; 32] && one[..32] != [0; 32], "a draw is random", &mut wrong);
        check(one[..32] != other[..32], "two draws differ", &mut wrong);
    }
    match (wrong, refused) {
        (true, _) => 2,
        (_, true) => 1,
        _ => 0,
    }
}

#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    say("panic\n");
    loop {}
}
