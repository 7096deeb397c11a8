struct HeldItems<'v>(Held<'v>, std::slice::Iter<'v, serde_json::Value>);

impl<'de> de::SeqAccess<'de> for HeldItems<'_> {
    type Error = serde_json::Error;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Self::Error> {
        let item = self.1.next();
        item.map(|item| seed.deserialize(self.0.part(item)))
            .transpose()
    }
}

struct HeldMembers<'v> {
    whole: Held<'v>,
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
        seed.deserialize(self.whole.part(value))
    }
}
