/// The elements and properties that some rule has looked at.
#[derive(Default)]
pub struct Seen {
    items: std::collections::BTreeSet<usize>,
    properties: std::collections::BTreeSet<String>,
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.items.extend(other.items);
        self.properties.extend(other.properties);
    }

    fn add_item(&mut self, index: usize) {
        if TRACKS {
            self.items.insert(index);
        }
    }

    fn add_property(&mut self, name: &str) {
        if TRACKS {
            self.properties.insert(name.to_owned());
        }
    }
}
