//! See `sayso_fuzz::ledger`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: sayso_fuzz::start(sayso_fuzz::Target::Ledger),
    |bytes: &[u8]| sayso_fuzz::Target::Ledger.run(bytes)
);
