//! What texts look like.

use serde_json::{Map, Value};

/// The formats that every text at a place has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Formats {
    date: bool,
    date_time: bool,
    uuid: bool,
}

impl Formats {
    /// The formats of a text.
    pub(super) fn of(text: &str) -> Self {
        Self {
            date: is_date(text),
            date_time: is_date_time(text),
            uuid: is_uuid(text),
        }
    }

    /// Takes another text into account.
    pub(super) fn add(&mut self, text: &str) {
        *self = self.and(Self::of(text));
    }

    /// What both have.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            date: self.date && other.date,
            date_time: self.date_time && other.date_time,
            uuid: self.uuid && other.uuid,
        }
    }

    pub(super) fn into_schema(self) -> Map<String, Value> {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "string".into());
        let format = match self {
            Self { date: true, .. } => Some("date"),
            Self {
                date_time: true, ..
            } => Some("date-time"),
            Self { uuid: true, .. } => Some("uuid"),
            _ => None,
        };
        if let Some(format) = format {
            schema.insert("format".to_owned(), format.into());
        }
        schema
    }
}

/// Whether a text is a `full-date` of RFC 3339, and the day exists.
pub(super) fn is_date(text: &str) -> bool {
    let [year, month, day] = match text.split('-').collect::<Vec<_>>()[..] {
        [year, month, day] if text.len() == 10 => {
            [number(year, 4), number(month, 2), number(day, 2)]
        }
        _ => return false,
    };
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Whether a text is a `date-time` of RFC 3339. A time without a place in the world, or with an offset without a colon,
/// is none.
fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(separator), Some(time)) =
        (text.get(..10), text.get(10..11), text.get(11..))
    else {
        return false;
    };
    is_date(date) && "Tt".contains(separator) && is_time(time)
}

fn is_time(text: &str) -> bool {
    let (Some(clock), Some(rest)) = (text.get(..8), text.get(8..)) else {
        return false;
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() == fraction.len() {
                return false;
            }
            rest
        }
        None => rest,
    };
    let is_clock = match clock.split(':').collect::<Vec<_>>()[..] {
        [hour, minute, second] => {
            is_below(hour, 24) && is_below(minute, 60) && is_below(second, 60)
        }
        _ => false,
    };
    let is_offset = match rest.strip_prefix(['+', '-']) {
        Some(offset) => match offset.split_once(':') {
            Some((hour, minute)) => is_below(hour, 24) && is_below(minute, 60),
            None => false,
        },
        None => rest == "Z" || rest == "z",
    };
    is_clock && is_offset
}

fn is_below(text: &str, limit: u32) -> bool {
    number(text, 2).is_some_and(|number| number < limit)
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let is_one = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_one.then(|| text.parse().ok()).flatten()
}

/// Whether a text is a UUID, in the usual form.
pub(super) fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == lengths.len()
        && parts.iter().zip(lengths).all(|(part, length)| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_date_time, is_uuid};

    #[test]
    fn dates_exist() {
        for text in ["2024-02-29", "2000-02-29", "1999-12-31"] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-1-1",
            "20240101",
            "2024-00-10",
            "+024-01-01",
            "",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn times_are_of_a_place() {
        for text in [
            "2024-02-29T10:00:00Z",
            "2024-02-29t10:00:00.123456+05:30",
            "2024-02-29T23:59:59-11:00",
        ] {
            assert!(is_date_time(text), "{text}");
        }
        for text in [
            "2024-02-29T10:00:00",
            "2024-02-29T10:00:00.000+0000",
            "2024-02-29T24:00:00Z",
            "2024-02-29 10:00:00Z",
            "2024-02-30T10:00:00Z",
            "2024-02-29T10:00:00.Z",
            "2024-02-29T10:00é",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }

    #[test]
    fn uuids_have_their_form() {
        assert!(is_uuid("123e4567-E89b-12d3-a456-426614174000"));
        assert!(!is_uuid("123e4567e89b12d3a456426614174000"));
        assert!(!is_uuid("123e4567-e89b-12d3-a456-42661417400g"));
    }
}
