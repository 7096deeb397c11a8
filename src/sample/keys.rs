//! Names of properties that are data: an object with such names is a map.

use super::text::{is_date, is_uuid};

/// Fewer than this many names show nothing.
const ENOUGH: usize = 2;

/// Whether all names are data. Words are never taken for data, however many there are.
pub(super) fn are_data<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let mut count = 0;
    for name in names {
        if !is_data(name) {
            return false;
        }
        count += 1;
    }
    count >= ENOUGH
}

/// Whether a name can only be data: a number, a date, or an id that no person has made up.
fn is_data(name: &str) -> bool {
    is_number(name) || is_date(name) || is_uuid(name) || is_hex_id(name) || is_record_id(name)
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// A long number in hexadecimal, with digits and letters in it.
fn is_hex_id(name: &str) -> bool {
    name.len() >= 16
        && name.bytes().all(|byte| byte.is_ascii_hexdigit())
        && name.bytes().any(|byte| byte.is_ascii_digit())
}

/// An id of a Salesforce record: 15 or 18 letters and digits, the first three of which tell the object.
fn is_record_id(name: &str) -> bool {
    matches!(name.len(), 15 | 18)
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && name.bytes().take(3).any(|byte| byte.is_ascii_digit())
        && name.bytes().filter(u8::is_ascii_digit).count() >= 4
}

#[cfg(test)]
mod tests {
    use super::are_data;

    #[test]
    fn ids_and_numbers_are_data_and_words_are_not() {
        for names in [
            ["1", "20"],
            ["2024-01-01", "2024-01-02"],
            ["123e4567-e89b-12d3-a456-426614174000", "17"],
            ["0015g00000XyZaBAAV", "0015g00000XyZaCAAV"],
            ["5f3c9a7be12d4a6c", "00000000000000ff"],
        ] {
            assert!(are_data(names.into_iter()), "{names:?}");
        }
        for names in [
            ["en", "de"],
            ["street", "1"],
            ["line1", "line2"],
            ["deadbeef", "cafe"],
            ["internationalize", "abcdefghijklmno"],
        ] {
            assert!(!are_data(names.into_iter()), "{names:?}");
        }
        assert!(!are_data(["1"].into_iter()));
    }
}
