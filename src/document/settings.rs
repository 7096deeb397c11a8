//! Settings that have a list where an object belongs. The members of a list would be taken for those of the object, in the order in
//! which the program happens to have them.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::{json_pointer, without_place};

/// The JSON pointer of the first such list in what is fine otherwise, and what is wrong with it.
pub(super) fn list_for_object<T: DeserializeOwned>(value: &Value) -> Option<(String, String)> {
    let read: Result<T, _> = serde_path_to_error::deserialize(Strict(value));
    let error = read.err()?;
    let member = json_pointer(error.path()).unwrap_or_default();
    Some((member, without_place(error.inner())))
}

/// A value that is read as an object only if it is one.
#[derive(Clone, Copy)]
struct Strict<'de>(&'de Value);

impl<'de> IntoDeserializer<'de, serde_json::Error> for Strict<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Strict<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Self))),
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| (key.as_str(), Self(value)));
                visitor.visit_map(MapDeserializer::new(members))
            }
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &"an object")),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::list_for_object;
    use crate::action::{Action, Lifecycle};
    use crate::config::Config;

    #[test]
    fn a_list_is_no_object_wherever_it_stands() {
        for (value, place) in [
            (json!([]), ""),
            (json!(["x", ["order.json"], [], [], [], ["rust"]]), ""),
            (json!({"apex": ["60.0", "My"]}), "/apex"),
            (
                json!({"apex": {"permissionSet": ["X"]}}),
                "/apex/permissionSet",
            ),
            (json!({"packages": ["a", "b"]}), "/packages"),
            (json!({"services": [["a.json", "A"]]}), "/services/0"),
        ] {
            let found = list_for_object::<Config>(&value);
            let (member, said) = found.unwrap_or_else(|| panic!("{value}"));
            assert_eq!(member, place);
            assert_eq!(said, "invalid type: sequence, expected an object");
        }
    }

    #[test]
    fn what_is_right_is_right() {
        let all = include_str!("../../flowtypes.json");
        let value = serde_json::from_str(all).unwrap();
        assert_eq!(list_for_object::<Config>(&value), None);
        let config = serde_json::to_value(Config::default()).unwrap();
        assert_eq!(list_for_object::<Config>(&config), None);
        for (folder, is_lifecycle) in [("actions", false), ("lifecycles", true)] {
            let folder = format!("{}/schemas/{folder}", env!("CARGO_MANIFEST_DIR"));
            for entry in std::fs::read_dir(folder).unwrap() {
                let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
                let value = serde_json::from_str(&text).unwrap();
                let found = match is_lifecycle {
                    true => list_for_object::<Lifecycle>(&value),
                    false => list_for_object::<Action>(&value),
                };
                assert_eq!(found, None, "{text}");
            }
        }
    }
}
