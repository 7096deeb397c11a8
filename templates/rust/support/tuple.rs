/// Elements of an array, each with a type of its own.
pub trait Tuple: Sized {
    /// Reads the elements.
    fn fill<'de, A: de::SeqAccess<'de>>(from: Elements<A>) -> Result<Self, A::Error>;
}

/// The elements of an array, one after the other.
pub struct Elements<A> {
    seq: A,
    read: usize,
}

impl<'de, A: de::SeqAccess<'de>> Elements<A> {
    /// The next element, if there is one.
    pub fn optional<T: Json>(&mut self) -> Result<Option<T>, A::Error> {
        let element = self.seq.next_element_seed(Seed(PhantomData));
        let element = element.map_err(|error| at(self.read, error))?;
        self.read += usize::from(element.is_some());
        Ok(element)
    }

    /// The next element.
    pub fn required<T: Json>(&mut self) -> Result<T, A::Error> {
        let missing = self.read;
        let missing = || de::Error::custom(format_args!("the element {missing} is missing"));
        self.optional()?.ok_or_else(missing)
    }

    /// All elements that are left.
    pub fn rest<T: Json>(&mut self) -> Result<Vec<T>, A::Error> {
        let mut rest = Vec::new();
        while let Some(element) = self.optional()? {
            rest.push(element);
        }
        Ok(rest)
    }

    /// Refuses elements that are left, and a number of them outside the bounds.
    pub fn end(&mut self, min: usize, max: usize) -> Result<(), A::Error> {
        while self.seq.next_element::<de::IgnoredAny>()?.is_some() {
            self.read += 1;
        }
        if self.read < min || self.read > max {
            let count = self.read;
            return Err(de::Error::custom(format_args!(
                "{count} elements are too few or too many"
            )));
        }
        Ok(())
    }
}

struct TupleVisitor<T>(PhantomData<T>);

impl<'de, T: Tuple> de::Visitor<'de> for TupleVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
        T::fill(Elements { seq, read: 0 })
    }
}

/// Reads an array with positions.
pub fn read_tuple<'de, T: Tuple, D: de::Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_seq(TupleVisitor(PhantomData))
}

/// Makes a struct read and write as an array: its fields in order, then the `rest`, within bounds on the number.
macro_rules! tuple {
    ($name:ident { $($field:ident $presence:ident,)* } $(rest $rest:ident)? $min:literal..=$max:expr) => {
        #[allow(deprecated)]
        impl support::Tuple for $name {
            fn fill<'de, A_: ::serde::de::SeqAccess<'de>>(
                mut from: support::Elements<A_>,
            ) -> Result<Self, A_::Error> {
                $(let $field = from.$presence()?;)*
                $(let $rest = from.rest()?;)?
                from.end($min, $max)?;
                Ok(Self { $($field,)* $($rest,)? })
            }
        }

        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                support::read_tuple(from)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S_: ::serde::Serializer>(&self, to: S_) -> Result<S_::Ok, S_::Error> {
                use ::serde::ser::SerializeSeq;
                let mut seq = to.serialize_seq(None)?;
                $(support::tuple!(@$presence seq self.$field);)*
                $(for element in &self.$rest {
                    seq.serialize_element(element)?;
                })?
                seq.end()
            }
        }

        support::deserialize!($name);
    };
    (@required $seq:ident $value:expr) => { $seq.serialize_element(&$value)? };
    (@optional $seq:ident $value:expr) => {
        match &$value {
            Some(element) => $seq.serialize_element(element)?,
            None => return $seq.end(),
        }
    };
}
pub(super) use tuple;
