/// An object with known properties.
pub trait Object: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// The position of a property; [`OTHER`] for one that is not known.
    fn position(name: &str) -> usize;

    /// Reads the properties.
    fn fill<'de, A: de::MapAccess<'de>>(from: &mut Entries<'de, A>) -> Result<Self, A::Error>;
}

/// The position of a property that is not known.
pub const OTHER: usize = usize::MAX;

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> de::Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::fill(&mut Entries {
            map,
            other: Name::default(),
            skipped: None,
        })
    }
}

/// Reads an object.
pub fn read_object<'de, T: Object, D: de::Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(ObjectVisitor(PhantomData))
}

/// Says which property is not there.
pub fn missing<E: de::Error>(slots: &[(bool, &str)]) -> E {
    let name = slots.iter().find(|slot| slot.0).map_or("", |slot| slot.1);
    E::custom(format_args!("the property `{name}` is missing"))
}

/// Writes a property that is always there.
pub fn write<M: serde::ser::SerializeMap, T: serde::Serialize>(
    map: &mut M,
    name: &str,
    value: &T,
) -> Result<(), M::Error> {
    map.serialize_entry(name, value)
}

/// Writes a property that may be absent.
pub fn write_some<M: serde::ser::SerializeMap, T: serde::Serialize>(
    map: &mut M,
    name: &str,
    value: &Option<T>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => Ok(()),
    }
}
