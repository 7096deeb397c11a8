/// The names of an object's properties that are passed over.
#[derive(Default)]
pub struct Names<'de> {
    /// A bit for each name, which several may share: where it is not set, the name is new.
    bits: u64,
    /// So many that looking through them costs less than keeping an order.
    few: Vec<Name<'de>>,
    others: std::collections::BTreeSet<Name<'de>>,
}

impl<'de> Names<'de> {
    /// Refuses a name that stands twice.
    pub fn add<E: de::Error>(&mut self, name: Name<'de>) -> Result<(), E> {
        let bytes = name.0.as_bytes();
        let ends = bytes.first().zip(bytes.last());
        let (first, last) = ends.map_or((0, 0), |(first, last)| (*first, *last));
        let bit = 1 << ((bytes.len() + 5 * usize::from(first) + 7 * usize::from(last)) % 64);
        if self.bits & bit != 0 && (self.few.contains(&name) || self.others.contains(&name)) {
            return Err(E::custom(format_args!(
                "the property `{name}` stands twice"
            )));
        }
        self.bits |= bit;
        if self.few.is_empty() {
            self.few.reserve_exact(FEW);
        }
        if self.few.len() < FEW {
            self.few.push(name);
        } else {
            self.others.insert(name);
        }
        Ok(())
    }
}

const FEW: usize = 16;
