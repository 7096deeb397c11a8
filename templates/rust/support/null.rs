impl Json for () {
    fn shape<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <Self as de::Deserialize>::deserialize(from)
    }
}
