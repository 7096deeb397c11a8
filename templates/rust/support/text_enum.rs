/// An enum whose values are texts.
pub trait TextEnum: Copy + Sized + 'static {
    /// Every value with its text.
    const ALL: &'static [(Self, &'static str)];
}

/// The value with this text.
pub fn value_of<T: TextEnum>(text: &str) -> Result<T, Invalid> {
    let found = T::ALL.iter().find(|(_, known)| *known == text);
    found.map(|(value, _)| *value).ok_or_else(|| {
        let known: Vec<&str> = T::ALL.iter().map(|(_, text)| *text).collect();
        Invalid(format!("`{text}` is not one of {}", known.join(", ")))
    })
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: TextEnum> de::Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        value_of(text).map_err(E::custom)
    }
}

/// Reads one of the texts of an enum.
pub fn read_text<'de, T: TextEnum, D: de::Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_str(TextVisitor(PhantomData))
}

/// Gives an enum its texts.
macro_rules! text_enum {
    ($name:ident { $($variant:ident = $text:literal,)+ }) => {
        #[allow(dead_code, deprecated)]
        impl $name {
            /// The text in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        #[allow(deprecated)]
        impl support::TextEnum for $name {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $text)),+];
        }

        #[allow(deprecated)]
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[allow(deprecated)]
        impl ::std::str::FromStr for $name {
            type Err = support::Invalid;

            fn from_str(text: &str) -> Result<Self, support::Invalid> {
                support::value_of(text)
            }
        }

        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                support::read_text(from)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S_: ::serde::Serializer>(&self, to: S_) -> Result<S_::Ok, S_::Error> {
                to.serialize_str(self.as_str())
            }
        }

        support::deserialize!($name);
    };
}
pub(super) use text_enum;
