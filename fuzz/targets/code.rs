//! See `sayso_fuzz::code`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Code),
    |bytes: &[u8]| sayso_fuzz::Target::Code.run(bytes)
);
