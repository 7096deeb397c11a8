impl Json for i64 {
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_i64(WholeVisitor(PhantomData))
    }
}

impl Json for u64 {
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_u64(WholeVisitor(PhantomData))
    }
}

/// Reads a whole number, however it is written: `1.0` is one.
struct WholeVisitor<T>(PhantomData<T>);

impl<T: TryFrom<i128>> de::Visitor<'_> for WholeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of 64 bits")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        let unfit = |_| E::invalid_value(de::Unexpected::Signed(value), &self);
        T::try_from(value.into()).map_err(unfit)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        let unfit = |_| E::invalid_value(de::Unexpected::Unsigned(value), &self);
        T::try_from(value.into()).map_err(unfit)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        let unfit = E::invalid_value(de::Unexpected::Float(value), &self);
        if value.fract() != 0.0 || value.abs() > 1e20 {
            return Err(unfit);
        }
        T::try_from(value as i128).map_err(|_| unfit)
    }
}
