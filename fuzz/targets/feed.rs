//! See `sayso_fuzz::feed`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Feed),
    |bytes: &[u8]| sayso_fuzz::Target::Feed.run(bytes)
);
