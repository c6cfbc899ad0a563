//! See `sayso_fuzz::model`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Model),
    |bytes: &[u8]| sayso_fuzz::Target::Model.run(bytes)
);
