/// A value that is held while somebody finds out what it is. All that is read from such values is read through this
/// one type, so that the code for it is made once.
pub struct Held<'v>(pub &'v serde_json::Value);

impl<'de> de::Deserializer<'de> for Held<'_> {
    type Error = serde_json::Error;

    fn deserialize_any<V>(self, visitor: V) -> Result<V::Value, Self::Error>
    where
        V: de::Visitor<'de>,
    {
        match self.0 {
            serde_json::Value::Null => visitor.visit_unit(),
            serde_json::Value::Bool(value) => visitor.visit_bool(*value),
            serde_json::Value::Number(number) => number.clone().deserialize_any(visitor),
            serde_json::Value::String(text) => visitor.visit_str(text),
            serde_json::Value::Array(items) => {
                let mut items = HeldItems(items.iter());
                let value = visitor.visit_seq(&mut items)?;
                match items.0.next() {
                    Some(_) => Err(de::Error::custom("too many items")),
                    None => Ok(value),
                }
            }
            serde_json::Value::Object(members) => visitor.visit_map(HeldMembers {
                members: members.iter(),
                value: None,
            }),
        }
    }

    fn deserialize_option<V>(self, visitor: V) -> Result<V::Value, Self::Error>
    where
        V: de::Visitor<'de>,
    {
        match self.0 {
            serde_json::Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: de::Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: de::Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.clone().deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct HeldItems<'v>(std::slice::Iter<'v, serde_json::Value>);

impl<'de> de::SeqAccess<'de> for HeldItems<'_> {
    type Error = serde_json::Error;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Self::Error> {
        let item = self.0.next();
        item.map(|item| seed.deserialize(Held(item))).transpose()
    }
}

struct HeldMembers<'v> {
    members: serde_json::map::Iter<'v>,
    value: Option<&'v serde_json::Value>,
}

impl<'de> de::MapAccess<'de> for HeldMembers<'_> {
    type Error = serde_json::Error;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        let Some((name, value)) = self.members.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let name = de::IntoDeserializer::into_deserializer(name.as_str());
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Self::Error> {
        let value = self.value.take();
        let value = value.ok_or_else(|| de::Error::custom("a value without a name"))?;
        seed.deserialize(Held(value))
    }
}
