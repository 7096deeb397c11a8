/// No value at all: the schema accepts none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Never {}

impl Json for Never {
    fn shape<'de, D: de::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(de::Error::custom("no value is allowed here"))
    }
}

impl serde::Serialize for Never {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}
