//! See `sayso_fuzz::page`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Page),
    |bytes: &[u8]| sayso_fuzz::Target::Page.run(bytes)
);
