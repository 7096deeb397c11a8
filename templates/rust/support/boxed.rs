impl<T: Json> Json for Box<T> {
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read(from).map(Box::new)
    }
}
