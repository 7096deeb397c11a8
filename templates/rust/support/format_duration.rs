/// Whether a text is a duration (ISO 8601 as RFC 3339, appendix A, has it).
pub fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    match text.split_once('T') {
        Some(("", time)) => has_units(time, "HMS"),
        Some((date, time)) => has_units(date, "YMD") && has_units(time, "HMS"),
        None => has_units(text, "YMD") || has_units(text, "W"),
    }
}

/// Whether a text is numbers with some of these units, one or more, none left out in between.
fn has_units(text: &str, units: &str) -> bool {
    let mut last = None;
    for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let number = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        let place = units.find(&part[number.len()..]);
        let follows = last.is_none() || last.map(|last| last + 1) == place;
        if number.is_empty() || number.len() == part.len() || place.is_none() || !follows {
            return false;
        }
        last = place;
    }
    last.is_some()
}
