/// The names of an object's properties that are passed over.
#[derive(Default)]
pub struct Names<'de> {
    /// A bit for each name, which several may share: where it is not set, the name is new.
    bits: u64,
    /// So many that looking through them costs less than keeping an order, as long as the source lends them.
    few: [&'de str; FEW],
    count: usize,
    others: std::collections::BTreeSet<Name<'de>>,
}

impl<'de> Names<'de> {
    /// Refuses a name that stands twice, and takes it otherwise.
    pub fn add<E: de::Error>(&mut self, name: &mut Name<'de>) -> Result<(), E> {
        let bytes = name.0.as_bytes();
        let first = bytes.first().copied().unwrap_or_default();
        let last = bytes.last().copied().unwrap_or_default();
        let bit = 1 << ((bytes.len() + 5 * usize::from(first) + 7 * usize::from(last)) % 64);
        if self.bits & bit != 0 && self.contains(name) {
            return Err(E::custom(format_args!(
                "the property `{name}` stands twice"
            )));
        }
        self.bits |= bit;
        match (&name.0, self.few.get_mut(self.count)) {
            (std::borrow::Cow::Borrowed(name), Some(slot)) => {
                *slot = name;
                self.count += 1;
            }
            _ => {
                self.others.insert(std::mem::take(name));
            }
        }
        Ok(())
    }

    fn contains(&self, name: &Name<'de>) -> bool {
        let mut few = self.few.iter().take(self.count);
        few.any(|known| *known == name.0) || self.others.contains(name)
    }
}

const FEW: usize = 14;
