//! See `sayso_fuzz::desk`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Desk),
    |bytes: &[u8]| sayso_fuzz::Target::Desk.run(bytes)
);
