/// The value of a property that must be there.
pub fn required<T, E: de::Error>(slot: Option<T>, name: &str) -> Result<T, E> {
    slot.ok_or_else(|| E::custom(format_args!("the property `{name}` is missing")))
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
