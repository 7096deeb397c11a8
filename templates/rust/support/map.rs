impl<T: Json> Json for std::collections::BTreeMap<String, T> {
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(MapVisitor(PhantomData))
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Json> de::Visitor<'de> for MapVisitor<T> {
    type Value = std::collections::BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Self::Value::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(Seed(PhantomData));
            let value = value.map_err(|error| at(&name, error))?;
            if members.contains_key(&name) {
                return Err(de::Error::custom(format_args!(
                    "the property `{name}` stands twice"
                )));
            }
            members.insert(name, value);
        }
        Ok(members)
    }
}
