/// The number that these ASCII digits write.
fn ascii_number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0, |number, digit| {
        let value = digit.is_ascii_digit().then(|| i32::from(digit - b'0'))?;
        Some(number * 10 + value)
    })
}
