//! See `sayso_fuzz::archive`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Archive),
    |bytes: &[u8]| sayso_fuzz::Target::Archive.run(bytes)
);
