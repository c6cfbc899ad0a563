//! See `sayso_fuzz::sheet`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Sheet),
    |bytes: &[u8]| sayso_fuzz::Target::Sheet.run(bytes)
);
