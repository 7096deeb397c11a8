/// An object with the text of its tag.
pub fn read_tagged<'de, D: de::Deserializer<'de>>(
    tag: &str,
    from: D,
) -> Result<(serde_json::Value, String), D::Error> {
    let value = <serde_json::Value as Json>::read(from)?;
    match value.get(tag) {
        Some(serde_json::Value::String(text)) => {
            let text = text.clone();
            Ok((value, text))
        }
        Some(_) => Err(de::Error::custom(format_args!("/{tag}: not a text"))),
        None => Err(de::Error::custom(format_args!(
            "the property `{tag}` is missing"
        ))),
    }
}

/// Makes an enum read as the alternative that the text of a property names.
macro_rules! tagged {
    ($name:ident, $tag:literal { $($variant:ident($inner:ty) = $text:literal,)+ }) => {
        impl support::Json for $name {
            fn shape<'de, D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let (value, tag) = support::read_tagged($tag, from)?;
                let read = match tag.as_str() {
                    $($text => <$inner as support::Json>::read(value).map(Self::$variant),)+
                    _ => return Err(::serde::de::Error::custom(format_args!(
                        "/{}: `{tag}` is not one of {}", $tag, [$($text),+].join(", ")
                    ))),
                };
                read.map_err(::serde::de::Error::custom)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$variant(value) => ::serde::Serialize::serialize(value, to),)+ }
            }
        }

        support::deserialize!($name);
    };
}
pub(super) use tagged;
