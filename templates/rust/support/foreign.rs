/// Lets a type of another crate be read as serde reads it.
macro_rules! foreign {
    ($name:ty) => {
        impl Json for $name {
            fn shape<'de, D_: de::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                <Self as de::Deserialize>::deserialize(from)
            }
        }
    };
}
