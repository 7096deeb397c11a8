/// Which of the values that are listed is read.
pub fn literal<'de, D>(listed: fn() -> &'static Listed, from: D) -> Result<usize, D::Error>
where
    D: de::Deserializer<'de>,
{
    let value = <serde_json::Value as Json>::read(from)?;
    let listed = listed();
    let unknown = || {
        let known = listed.texts.join(", ");
        de::Error::custom(format_args!("{value} is not one of {known}"))
    };
    listed.position(&value).ok_or_else(unknown)
}

/// Writes a JSON text as the value that it is.
pub fn write_literal<S: serde::Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
    let value = serde_json::from_str::<serde_json::Value>(text);
    let value = value.map_err(serde::ser::Error::custom)?;
    serde::Serialize::serialize(&value, to)
}

/// Gives an enum its values, each as JSON text.
macro_rules! literal_enum {
    ($name:ident { $($variant:ident = $text:literal,)+ }) => {
        #[allow(dead_code, deprecated)]
        impl $name {
            /// The value as JSON text.
            #[must_use]
            pub const fn as_json(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                let position = support::literal(support::listed!($($text),+), from)?;
                Ok([$(Self::$variant),+][position])
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S_: ::serde::Serializer>(&self, to: S_) -> Result<S_::Ok, S_::Error> {
                support::write_literal(self.as_json(), to)
            }
        }

        support::deserialize!($name);
    };
}
pub(super) use literal_enum;
