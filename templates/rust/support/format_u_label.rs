/// Whether these characters make a U-label (RFC 5891, section 5.4). Whether they are in NFC is
/// not checked.
fn is_u_label(label: &[char]) -> bool {
    let is_bare = label.first() != Some(&'-') && label.last() != Some(&'-');
    let has_prefix = label.get(2..4) == Some(&['-', '-']);
    let has_mark = label.first().is_some_and(|c| is_in(*c, MARKS));
    let fits = |place| {
        let (before, rest) = label.split_at(place);
        rest.split_first()
            .is_some_and(|(c, after)| fits_label(*c, before, after))
    };
    is_bare && !has_prefix && !has_mark && (0..label.len()).all(fits)
}

/// Whether a character may stand between these (RFC 5892, section 2 and appendix A).
fn fits_label(c: char, before: &[char], after: &[char]) -> bool {
    let last = before.last().copied().unwrap_or(' ');
    let next = after.first().copied().unwrap_or(' ');
    let mut others = before.iter().chain(after).copied();
    match c {
        '-' | '0'..='9' | 'a'..='z' => true,
        '\u{b7}' => last == 'l' && next == 'l',
        '\u{375}' => is_greek(next),
        '\u{5f3}' | '\u{5f4}' => is_hebrew(last),
        '\u{30fb}' => others.any(is_kana_or_han),
        '\u{660}'..='\u{669}' => !others.any(|c| matches!(c, '\u{6f0}'..='\u{6f9}')),
        '\u{6f0}'..='\u{6f9}' => !others.any(|c| matches!(c, '\u{660}'..='\u{669}')),
        '\u{200c}' => is_in(last, VIRAMAS) || is_joined(before, after),
        '\u{200d}' => is_in(last, VIRAMAS),
        // Exceptions (2.6), and the upper case that Unicode folds to.
        '\u{6fd}' | '\u{6fe}' | '\u{f0b}' | '\u{13a0}'..='\u{13f5}' => true,
        c => {
            let is_word = c.is_alphanumeric() || is_in(c, MARKS);
            is_word && !is_in(c, DISALLOWED) && c.to_lowercase().eq(std::iter::once(c))
        }
    }
}

/// Whether cursive letters reach each other from both sides (RFC 5892, appendix A.1).
fn is_joined(before: &[char], after: &[char]) -> bool {
    let is_letter = |c: &&char| !is_in(**c, MARKS);
    let to_left = [
        '\u{a872}',
        '\u{10acd}',
        '\u{10ad7}',
        '\u{10d00}',
        '\u{10fcb}',
    ];
    let joins_left = |c: &char| is_in(*c, JOINING) && !is_in(*c, RIGHT_JOINING);
    let joins_right = |c: &char| is_in(*c, JOINING) && !to_left.contains(c);
    before.iter().rev().find(is_letter).is_some_and(joins_left)
        && after.iter().find(is_letter).is_some_and(joins_right)
}

/// Whether a letter is of the Greek script.
fn is_greek(c: char) -> bool {
    let is_modern = matches!(c, '\u{370}'..='\u{3e1}' | '\u{3f0}'..='\u{3ff}' | '\u{ab65}');
    is_modern || matches!(c, '\u{1d26}'..='\u{1d2a}' | '\u{1f00}'..='\u{1fff}')
}

/// Whether a letter or mark is of the Hebrew script.
fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5f4}' | '\u{fb1e}')
}

/// Whether a letter is of the Hiragana, Katakana or Han script.
fn is_kana_or_han(c: char) -> bool {
    match c {
        '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{30fa}' | '\u{30fd}'..='\u{30ff}' => true,
        '\u{31f0}'..='\u{31ff}' | '\u{1aff0}'..='\u{1b167}' => true,
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => true,
        '\u{f900}'..='\u{fad9}' | '\u{16fe2}'..='\u{16ff1}' => true,
        _ => matches!(c, '\u{20000}'..='\u{323af}'),
    }
}
