/// A type that reads exactly the values that its schema accepts.
pub trait Json: Sized {
    /// Reads a value whose shape is that of the type.
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error>;

    /// Reads a value that the schema accepts.
    fn read<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::shape(from)
    }
}

/// Reads a `T` wherever serde wants a seed.
pub struct Seed<T>(pub PhantomData<T>);

impl<'de, T: Json> de::DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: de::Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read(from)
    }
}

/// Puts a step of a path before an error: `/items/2/name: …`.
pub fn at<E: de::Error>(step: impl fmt::Display, error: E) -> E {
    let text = error.to_string();
    if text.starts_with('/') {
        E::custom(format_args!("/{step}{text}"))
    } else {
        E::custom(format_args!("/{step}: {text}"))
    }
}

/// Lets serde read a type.
macro_rules! deserialize {
    ($name:ident) => {
        #[allow(deprecated)]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                <Self as support::Json>::read(from)
            }
        }
    };
}
pub(super) use deserialize;
