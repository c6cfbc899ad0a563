//! See `sayso_fuzz::actor`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Actor),
    |bytes: &[u8]| sayso_fuzz::Target::Actor.run(bytes)
);
