/// A type that reads exactly the values that its schema accepts.
pub trait Json: Sized {
    /// Reads a value whose shape is that of the type.
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error>;

    /// Reads a value that the schema accepts.
    fn read<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::shape(from)
    }

    /// Reads an object whose properties have such values.
    fn members<'de, D: de::Deserializer<'de>>(from: D) -> Result<Members<Self>, D::Error> {
        from.deserialize_map(MapVisitor(PhantomData))
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

/// An object with free names.
pub type Members<T> = std::collections::BTreeMap<String, T>;

impl<T: Json> Json for Members<T> {
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::members(from)
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Json> de::Visitor<'de> for MapVisitor<T> {
    type Value = Members<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Members::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(Seed(PhantomData));
            let value = value.map_err(|error| at(&name, error))?;
            match members.entry(name) {
                std::collections::btree_map::Entry::Vacant(entry) => entry.insert(value),
                std::collections::btree_map::Entry::Occupied(entry) => {
                    return Err(de::Error::custom(format_args!(
                        "the property `{}` stands twice",
                        entry.key()
                    )));
                }
            };
        }
        Ok(members)
    }
}

/// Lets serde read a type.
macro_rules! deserialize {
    ($name:ident) => {
        #[allow(deprecated)]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D_>(from: D_) -> Result<Self, D_::Error>
            where
                D_: ::serde::Deserializer<'de>,
            {
                <Self as support::Json>::read(from)
            }
        }
    };
}
pub(super) use deserialize;
