/// Reads the alternatives of a union.
pub struct Choice<T> {
    value: serde_json::Value,
    memo: Memo,
    found: Option<T>,
    fits: usize,
    problems: Vec<String>,
}

impl<T> Choice<T> {
    /// Holds the value that one of the alternatives is to read.
    pub fn new<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = <serde_json::Value as Json>::read(from)?;
        Ok(Self {
            value,
            memo: Memo::default(),
            found: None,
            fits: 0,
            problems: Vec::new(),
        })
    }

    /// Tries an alternative whose values have one of these types (bits, see [`kind`]).
    pub fn alternative<U: Json>(&mut self, kinds: u8, name: &str, wrap: fn(U) -> T) {
        if kinds & kind(&self.value) == 0 {
            return;
        }
        match U::read(Held::remembered(&self.value, &self.memo)) {
            Ok(value) => {
                self.fits += 1;
                self.found.get_or_insert_with(|| wrap(value));
            }
            Err(error) => self.problems.push(brief(format!("{name}: {error}"))),
        }
    }

    /// Whether one has been found already.
    pub fn is_settled(&self) -> bool {
        self.fits > 0
    }

    /// The first alternative that fits.
    pub fn first<E: de::Error>(self) -> Result<T, E> {
        let problems = self.problems;
        self.found.ok_or_else(|| match problems.as_slice() {
            [] => E::custom("no alternative takes a value of this type"),
            _ => E::custom(format_args!("no alternative fits: {}", problems.join("; "))),
        })
    }

    /// The one alternative that fits.
    pub fn only<E: de::Error>(self) -> Result<T, E> {
        if self.fits > 1 {
            return Err(E::custom(format_args!(
                "{} alternatives fit, and one must",
                self.fits
            )));
        }
        self.first()
    }
}

/// Makes an enum read as the `first` or the `only` alternative that fits.
macro_rules! union {
    ($name:ident, $how:ident $(, $once:ident)? { $($variant:ident($inner:ty) = $kinds:literal,)+ }) => {
        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                let mut choice = support::Choice::new(from)?;
                $(support::union!(@$how choice $variant $inner, $kinds);)+
                choice.$how()
            }

            $(support::$once! {})?
        }

        $(support::$once! { $name: <$name as support::Json>::shape })?

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S_: ::serde::Serializer>(&self, to: S_) -> Result<S_::Ok, S_::Error> {
                match self { $(Self::$variant(value) => ::serde::Serialize::serialize(value, to),)+ }
            }
        }

        support::deserialize!($name);
    };
    (@first $choice:ident $variant:ident $inner:ty, $kinds:literal) => {
        if !$choice.is_settled() {
            $choice.alternative::<$inner>($kinds, stringify!($variant), Self::$variant);
        }
    };
    (@only $choice:ident $variant:ident $inner:ty, $kinds:literal) => {
        $choice.alternative::<$inner>($kinds, stringify!($variant), Self::$variant);
    };
}
pub(super) use union;
