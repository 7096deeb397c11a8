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
        while let Some(name) = map.next_key()? {
            names.add(name)?;
            map.next_value_seed(Seed::<Ignored>(PhantomData))?;
        }
        Ok(Ignored)
    }
}

/// The name of a property, borrowed from the source where that is possible.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name<'de>(pub std::borrow::Cow<'de, str>);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> de::Deserialize<'de> for Name<'de> {
    fn deserialize<D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> de::Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Name(name.into()))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Name(name.to_owned().into()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Name(name.into()))
    }
}

/// The names of an object's properties that are passed over.
#[derive(Default)]
pub struct Names<'de>(std::collections::BTreeSet<Name<'de>>);

impl<'de> Names<'de> {
    /// Refuses a name that stands twice.
    pub fn add<E: de::Error>(&mut self, name: Name<'de>) -> Result<(), E> {
        let twice = |name| E::custom(format_args!("the property `{name}` stands twice"));
        self.0.replace(name).map_or(Ok(()), |name| Err(twice(name)))
    }
}
