impl Json for i128 {
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_i128(ExactVisitor(PhantomData))
    }
}

impl Json for u128 {
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_u128(ExactVisitor(PhantomData))
    }
}

/// Reads a whole number of up to 128 bits; never one of which digits may be lost already.
struct ExactVisitor<T>(PhantomData<T>);

impl<T: TryFrom<i128> + TryFrom<u128>> de::Visitor<'_> for ExactVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of 128 bits, with all its digits")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        self.visit_i128(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        self.visit_u128(value.into())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<T, E> {
        let unfit = |_| E::invalid_value(de::Unexpected::Other(&value.to_string()), &self);
        T::try_from(value).map_err(unfit)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<T, E> {
        let unfit = |_| E::invalid_value(de::Unexpected::Other(&value.to_string()), &self);
        T::try_from(value).map_err(unfit)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        // From here on, two whole numbers next to each other may be the same float.
        if value.fract() != 0.0 || value.abs() >= 9_007_199_254_740_992.0 {
            return Err(E::invalid_value(de::Unexpected::Float(value), &self));
        }
        self.visit_i128(value as i128)
    }
}
