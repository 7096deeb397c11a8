/// Whether a text is a full-date (RFC 3339, section 5.6).
pub fn is_date(text: &str) -> bool {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return false;
    };
    let (year, month) = (ascii_number(&[y1, y2, y3, y4]), ascii_number(&[m1, m2]));
    let (Some(year), Some(month), Some(day)) = (year, month, ascii_number(&[d1, d2])) else {
        return false;
    };
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}
