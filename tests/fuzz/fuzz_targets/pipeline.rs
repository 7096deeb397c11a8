#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| flowtypes_fuzz::pipeline(bytes));
