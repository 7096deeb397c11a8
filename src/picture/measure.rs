//! How much room a text takes, as far as that can be known without its font.

/// How many ordinary characters a row of a title has room for.
const ROOM: usize = 25;

/// The width of a character in parts of an ordinary one: wide scripts take two.
fn weight(c: char) -> usize {
    if u32::from(c) >= 0x1100 { 2 } else { 1 }
}

fn weigh(text: &str) -> usize {
    text.chars().map(weight).sum()
}

/// About how wide a text is, if an ordinary character is `unit` wide.
pub(super) fn width(text: &str, unit: i32) -> i32 {
    i32::try_from(weigh(text))
        .unwrap_or(i32::MAX / 64)
        .min(4_000)
        * unit
}

/// The beginning of a text that has room for `max` ordinary characters.
pub(super) fn cut(text: &str, max: usize) -> String {
    let mut room = max;
    let mut out = String::new();
    for c in text.chars() {
        let weight = weight(c);
        if weight > room {
            out.pop();
            out.push('…');
            return out;
        }
        room -= weight;
        out.push(c);
    }
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
        let end = title
            .char_indices()
            .nth(ROOM / 2)
            .map_or(title.len(), |(at, _)| at);
        (first, rest) = (title[..end].to_owned(), &title[end..]);
    }
    let mut rows = vec![first.trim_end().to_owned()];
    if !rest.is_empty() {
        rows.push(cut(rest, ROOM));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{cut, rows, width};

    #[test]
    fn texts_are_parted_between_words_and_cut_where_the_room_ends() {
        assert_eq!(rows("Short"), ["Short"]);
        assert_eq!(
            rows("Set New Session Request Body"),
            ["Set New Session Request", "Body"]
        );
        assert_eq!(rows(&"x".repeat(60)).len(), 2);
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("名前名前", 5), "名…");
        assert_eq!(width("ab名", 7), 28);
    }
}
