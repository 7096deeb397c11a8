/// Whether a text is a date-time (RFC 3339, section 5.6).
pub fn is_date_time(text: &str) -> bool {
    let parts = text.split_once(['T', 't']);
    parts.is_some_and(|(date, time)| is_date(date) && is_time(time))
}
