/// The text of an object's tag.
pub fn tag_of<'v>(value: &'v serde_json::Value, tag: &str) -> Option<&'v str> {
    value.get(tag)?.as_str()
}

/// Says that the text of a tag means nothing.
pub fn no_tag<E: de::Error>(value: &serde_json::Value, tag: &str, known: &[&str]) -> E {
    match value.get(tag) {
        Some(serde_json::Value::String(text)) => E::custom(format_args!(
            "/{tag}: `{text}` is not one of {}",
            known.join(", ")
        )),
        Some(_) => E::custom(format_args!("/{tag}: not a text")),
        None => E::custom(format_args!("the property `{tag}` is missing")),
    }
}

/// Makes an enum read as the alternative that the text of a property names, or as the one for all other texts.
macro_rules! tagged {
    (
        $name:ident, $tag:literal { $($variant:ident($inner:ty) = $($text:literal)|+,)+ }
        $(else $other:ident($rest:ty))?
    ) => {
        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                let value = <::serde_json::Value as support::Json>::read(from)?;
                let read = match support::tag_of(&value, $tag) {
                    $(Some($($text)|+) => <$inner as support::Json>::read(value).map(Self::$variant),)+
                    _ => support::tagged!(@rest value $tag [$($($text),+),+] $($other $rest)?),
                };
                read.map_err(::serde::de::Error::custom)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S_: ::serde::Serializer>(&self, to: S_) -> Result<S_::Ok, S_::Error> {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, to),)+
                    $(Self::$other(value) => ::serde::Serialize::serialize(value, to),)?
                }
            }
        }

        support::deserialize!($name);
    };
    (@rest $value:ident $tag:literal [$($text:literal),+]) => {
        return Err(support::no_tag(&$value, $tag, &[$($text),+]))
    };
    (@rest $value:ident $tag:literal [$($text:literal),+] $other:ident $rest:ty) => {
        <$rest as support::Json>::read($value).map(Self::$other)
    };
}
pub(super) use tagged;
