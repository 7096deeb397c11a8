//! How much room a text takes, as far as that can be known without its font.
//!
//! The widths are those of DejaVu Sans Bold, the widest of the fonts that a picture asks for.

/// How much room a row of a title has, in hundredths of the size of its letters.
const ROOM: usize = 1480;

/// The width of an ordinary character.
const ORDINARY: usize = 70;

/// The width of a character in hundredths of the size of the letters.
fn weight(c: char) -> usize {
    match c {
        'i' | 'j' | 'l' | 'I' | 'J' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 40,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' | '"' => 50,
        'm' | 'M' | 'W' | '@' | '%' => 110,
        'w' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' | '&' | '+' | '<' | '=' | '>' | '~' => 90,
        'A'..='Z' => 78,
        '\u{2000}'..='\u{2e7f}' => 100,
        c if u32::from(c) >= 0x1100 => 2 * ORDINARY,
        _ => ORDINARY + 2,
    }
}

fn weigh(text: &str) -> usize {
    text.chars().map(weight).sum()
}

/// About how wide a text is, if an ordinary character is `unit` wide.
pub(super) fn width(text: &str, unit: i32) -> i32 {
    let ordinary = weigh(text).div_ceil(ORDINARY);
    i32::try_from(ordinary).unwrap_or(i32::MAX / 64).min(4_000) * unit
}

/// The beginning of a text that has room for `max` ordinary characters.
pub(super) fn cut(text: &str, max: usize) -> String {
    cut_to(text, max * ORDINARY)
}

fn cut_to(text: &str, mut room: usize) -> String {
    if weigh(text) <= room {
        return text.to_owned();
    }
    room = room.saturating_sub(weight('…'));
    let mut out = String::new();
    for c in text.chars() {
        let weight = weight(c);
        if weight > room {
            break;
        }
        room -= weight;
        out.push(c);
    }
    out.push('…');
    out
}

/// A title in at most two rows, parted between words where it can be.
pub(super) fn rows(title: &str) -> Vec<String> {
    let mut first = String::new();
    let mut rest = title;
    for word in title.split_inclusive(' ') {
        if weigh(&first) + weigh(word.trim_end()) > ROOM {
            break;
        }
        first.push_str(word);
        rest = &rest[word.len()..];
    }
    if first.is_empty() {
        let mut room = ROOM;
        let end = title.char_indices().find(|(_, c)| {
            let is_full = weight(*c) > room;
            room = room.saturating_sub(weight(*c));
            is_full
        });
        let end = end.map_or(title.len(), |(at, _)| at);
        (first, rest) = (title[..end].to_owned(), &title[end..]);
    }
    let mut rows = vec![first.trim_end().to_owned()];
    if !rest.is_empty() {
        rows.push(cut_to(rest, ROOM));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{ROOM, cut, rows, weigh, width};

    #[test]
    fn texts_are_parted_between_words_and_cut_where_the_room_ends() {
        assert_eq!(rows("Short"), ["Short"]);
        assert_eq!(
            rows("Set New Session Request Body"),
            ["Set New Session", "Request Body"]
        );
        assert_eq!(rows("Check Messages Timestamp").len(), 2);
        assert_eq!(rows(&"i".repeat(30)).len(), 1);
        for wide in [
            "x".repeat(60),
            "名".repeat(60),
            "Wide WWWWWWWWWWWWWWWWWWWW m".into(),
        ] {
            let rows = rows(&wide);
            assert_eq!(rows.len(), 2);
            assert!(rows.iter().all(|row| weigh(row) <= ROOM), "{rows:?}");
        }
        assert_eq!(cut("abcdeg", 6), "abcd…");
        assert_eq!(cut("abc", 4), "abc");
        assert_eq!(cut("名前名前", 5), "名…");
        assert_eq!(width("ab名", 7), 35);
    }
}
