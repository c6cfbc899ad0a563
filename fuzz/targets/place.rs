//! See `sayso_fuzz::place`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Place),
    |bytes: &[u8]| sayso_fuzz::Target::Place.run(bytes)
);
