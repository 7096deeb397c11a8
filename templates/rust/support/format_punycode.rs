/// The text that a Punycode text in lower case stands for (RFC 3492, section 6.2).
fn from_punycode(code: &str) -> Option<Vec<char>> {
    let (basic, deltas) = code.rsplit_once('-').unwrap_or(("", code));
    if basic.is_empty() && code.starts_with('-') {
        return None;
    }
    let mut chars: Vec<char> = basic.chars().collect();
    let (mut next, mut place, mut bias) = (128_u32, 0_u32, 72);
    let mut digits = deltas.bytes();
    while digits.len() > 0 {
        let (start, mut weight, mut step) = (place, 1_u32, 36_u32);
        loop {
            let digit = match digits.next()? {
                letter @ b'a'..=b'z' => u32::from(letter - b'a'),
                digit @ b'0'..=b'9' => u32::from(digit - b'0') + 26,
                _ => return None,
            };
            place = place.checked_add(digit.checked_mul(weight)?)?;
            let threshold = step.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            step += 36;
        }
        let count = chars.len() as u32 + 1;
        bias = punycode_bias(place - start, count, start == 0);
        next = next.checked_add(place / count)?;
        place %= count;
        chars.insert(place as usize, char::from_u32(next)?);
        place += 1;
    }
    Some(chars)
}

/// How long the Punycode text for this one is (RFC 3492, section 6.3).
fn punycode_length(label: &[char]) -> usize {
    let basic = label.iter().filter(|c| c.is_ascii()).count();
    let mut length = basic + usize::from(basic > 0);
    let (mut next, mut delta, mut bias, mut count) = (128, 0, 72, basic as u32 + 1);
    let beyond = |next: u32| {
        label
            .iter()
            .map(|c| u32::from(*c))
            .filter(move |c| *c >= next)
    };
    while let Some(least) = beyond(next).min() {
        delta += (least - next) * count;
        for code in label.iter().map(|c| u32::from(*c)) {
            delta += u32::from(code < least);
            if code != least {
                continue;
            }
            let (mut rest, mut step) = (delta, 36_u32);
            length += 1;
            loop {
                let threshold = step.saturating_sub(bias).clamp(1, 26);
                if rest < threshold {
                    break;
                }
                length += 1;
                rest = (rest - threshold) / (36 - threshold);
                step += 36;
            }
            bias = punycode_bias(delta, count, count == basic as u32 + 1);
            delta = 0;
            count += 1;
        }
        delta += 1;
        next = least + 1;
    }
    length
}

/// The bias after a delta (RFC 3492, section 6.1).
fn punycode_bias(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > 455 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}
