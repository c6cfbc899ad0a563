//! See `sayso_fuzz::text`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Text),
    |bytes: &[u8]| sayso_fuzz::Target::Text.run(bytes)
);
