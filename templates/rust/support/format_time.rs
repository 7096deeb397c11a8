/// Whether a text is a full-time (RFC 3339, section 5.6). A leap second is the last one of a
/// day of UTC.
pub fn is_time(text: &str) -> bool {
    let &[h1, h2, b':', m1, m2, b':', s1, s2, ref rest @ ..] = text.as_bytes() else {
        return false;
    };
    let fraction = rest.strip_prefix(b".").unwrap_or_default();
    let digits = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
    let offset = if digits > 0 {
        &rest[digits + 1..]
    } else {
        rest
    };
    match (
        clock(&[h1, h2, m1, m2]),
        ascii_number(&[s1, s2]),
        utc_offset(offset),
    ) {
        (Some(_), Some(0..=59), Some(_)) => true,
        (Some(minutes), Some(60), Some(offset)) => (minutes - offset).rem_euclid(1440) == 1439,
        _ => false,
    }
}

/// The minutes that a time-offset is ahead of UTC.
fn utc_offset(text: &[u8]) -> Option<i32> {
    match *text {
        [b'Z' | b'z'] => Some(0),
        [b'+', h1, h2, b':', m1, m2] => clock(&[h1, h2, m1, m2]),
        [b'-', h1, h2, b':', m1, m2] => clock(&[h1, h2, m1, m2]).map(|minutes| -minutes),
        _ => None,
    }
}

/// The minutes that two digits for hours and two for minutes make.
fn clock(digits: &[u8; 4]) -> Option<i32> {
    let number = ascii_number(digits)?;
    let (hours, minutes) = (number / 100, number % 100);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}
