/// A value that nobody asks for: it is passed over, but an object in it has no name twice.
pub struct Ignored;

impl Json for Ignored {
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(IgnoredVisitor)
    }
}

struct IgnoredVisitor;

impl<'de> de::Visitor<'de> for IgnoredVisitor {
    type Value = Ignored;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_str<E>(self, _: &str) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_unit<E>(self) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_none<E>(self) -> Result<Ignored, E> {
        Ok(Ignored)
    }

    fn visit_some<D: de::Deserializer<'de>>(self, from: D) -> Result<Ignored, D::Error> {
        Ignored::read(from)
    }

    fn visit_newtype_struct<D: de::Deserializer<'de>>(
        self,
        from: D,
    ) -> Result<Self::Value, D::Error> {
        Ignored::read(from)
    }

    fn visit_enum<A: de::EnumAccess<'de>>(self, from: A) -> Result<Ignored, A::Error> {
        let (_, content) = from.variant::<de::IgnoredAny>()?;
        de::VariantAccess::newtype_variant::<de::IgnoredAny>(content)?;
        Ok(Ignored)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Ignored, A::Error> {
        loop {
            let item = seq.next_element_seed(Seed::<Ignored>(PhantomData))?;
            if item.is_none() {
                return Ok(Ignored);
            }
        }
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Ignored, A::Error> {
        let mut names = Names::default();
        while let Some(mut name) = map.next_key()? {
            names.add(&mut name)?;
            map.next_value_seed(Seed::<Ignored>(PhantomData))?;
        }
        Ok(Ignored)
    }
}
