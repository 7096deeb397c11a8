//! Formats of whole numbers, as OpenAPI's registry has them: a range, where formats are checked.

use std::sync::LazyLock;

use serde_json::Number;

use crate::ir::Bound;
use crate::schema::Schema;
use crate::schema::kinds::{Kind, KindSet};

/// A format, its least and its greatest number.
type Range = (&'static str, Number, Number);

static RANGES: LazyLock<[Range; 8]> = LazyLock::new(|| {
    [
        ("int8", i8::MIN.into(), i8::MAX.into()),
        ("int16", i16::MIN.into(), i16::MAX.into()),
        ("int32", i32::MIN.into(), i32::MAX.into()),
        ("int64", i64::MIN.into(), i64::MAX.into()),
        ("uint8", u8::MIN.into(), u8::MAX.into()),
        ("uint16", u16::MIN.into(), u16::MAX.into()),
        ("uint32", u32::MIN.into(), u32::MAX.into()),
        ("uint64", u64::MIN.into(), u64::MAX.into()),
    ]
});

/// Says in bounds what an asserted format asks of numbers; every stage after this one knows bounds.
pub(super) fn narrow(schema: &mut Schema<'_>) {
    let Some(format) = schema.format.filter(|_| schema.asserts_format) else {
        return;
    };
    let found = RANGES.iter().find(|(name, ..)| *name == format.as_str());
    let Some((_, least, greatest)) = found else {
        return;
    };
    let bound = |value| Bound {
        value,
        exclusive: false,
    };
    schema.number.narrow_minimum(bound(least));
    schema.number.narrow_maximum(bound(greatest));
    if let Some(kinds) = &mut schema.kinds {
        *kinds = kinds.without(KindSet::of(Kind::Fraction));
    }
}

#[cfg(test)]
mod tests {
    use super::narrow;
    use crate::ir::Format;
    use crate::schema::Schema;

    fn range(format: &'static str, asserts_format: bool) -> (Option<i128>, Option<i128>) {
        let mut schema = Schema {
            format: Some(Format::new(format)),
            asserts_format,
            ..Schema::default()
        };
        narrow(&mut schema);
        schema.number.integer_range()
    }

    #[test]
    fn only_an_asserted_format_is_a_range() {
        assert_eq!(range("int32", false), (None, None));
        assert_eq!(range("money", true), (None, None));
        assert_eq!(range("int8", true), (Some(-128), Some(127)));
        assert_eq!(range("uint64", true), (Some(0), Some(i128::from(u64::MAX))));
    }
}
