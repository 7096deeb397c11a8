//! The limit on nesting.

use memchr::memchr2;

/// The deepest nesting of arrays and objects that a document may have.
pub const MAX_DEPTH: usize = 512;

/// The byte where the text first nests deeper than [`MAX_DEPTH`].
pub(super) fn first_too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut offset) = (0_usize, 0);
    while let Some(byte) = bytes.get(offset) {
        match byte {
            b'"' => offset = end_of_string(bytes, offset + 1),
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(offset);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        offset += 1;
    }
    None
}

/// Where the quotation mark is that ends a string. Most of a document are strings, so that they are not read byte by byte.
pub(super) fn end_of_string(bytes: &[u8], mut offset: usize) -> usize {
    while let Some(found) = memchr2(b'"', b'\\', bytes.get(offset..).unwrap_or_default()) {
        offset += found;
        if bytes.get(offset) == Some(&b'"') {
            return offset;
        }
        offset += 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, first_too_deep};

    #[test]
    fn the_limit_itself_is_allowed() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(first_too_deep(&nested(MAX_DEPTH)), None);
        assert_eq!(first_too_deep(&nested(MAX_DEPTH + 1)), Some(MAX_DEPTH));
        assert_eq!(
            first_too_deep(&format!("\"{}\\\"[\"", "[".repeat(600))),
            None
        );
    }
}
