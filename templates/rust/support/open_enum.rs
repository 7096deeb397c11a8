/// An enum of texts that takes others too.
pub trait OpenEnum: Sized {
    /// The value of a text.
    fn of(text: &str) -> Self;
}

struct OpenVisitor<T>(PhantomData<T>);

impl<T: OpenEnum> de::Visitor<'_> for OpenVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::of(text))
    }
}

/// Reads any text as the value of an enum.
pub fn read_open<'de, T: OpenEnum, D: de::Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_str(OpenVisitor(PhantomData))
}

/// Gives an enum its texts, and a variant for others.
macro_rules! open_enum {
    ($name:ident or $other:ident { $($variant:ident = $text:literal,)+ }) => {
        #[allow(dead_code, deprecated)]
        impl $name {
            /// The text in JSON.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self { $(Self::$variant => $text,)+ Self::$other(text) => text }
            }
        }

        #[allow(deprecated)]
        impl support::OpenEnum for $name {
            fn of(text: &str) -> Self {
                match text { $($text => Self::$variant,)+ _ => Self::$other(text.to_owned()) }
            }
        }

        #[allow(deprecated)]
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[allow(deprecated)]
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                support::OpenEnum::of(text)
            }
        }

        #[allow(deprecated)]
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, ::std::convert::Infallible> {
                Ok(support::OpenEnum::of(text))
            }
        }

        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                support::read_open(from)
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
pub(super) use open_enum;
