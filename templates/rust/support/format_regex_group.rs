/// A group that is not closed yet.
struct RegexGroup<'t> {
    can_repeat: bool,
    /// How many of the names stand before it.
    names_before: usize,
    /// The named groups of its alternatives that are read.
    other_names: Vec<&'t str>,
}

impl<'t> RegexText<'t> {
    fn open_group(&mut self) -> Option<bool> {
        let mut can_repeat = true;
        if !self.take("?") {
            self.captures += 1;
        } else if self.take("=") || self.take("!") || self.take("<=") || self.take("<!") {
            can_repeat = false;
        } else if self.take("<") {
            self.captures += 1;
            let name = self.name()?;
            if self.names.contains(&name) {
                return None;
            }
            self.names.push(name);
        } else {
            let flags = self.take_until(':')?;
            let is_flag = |c| "ims-".contains(c) && flags.matches(c).count() == 1;
            if flags == "-" || flags.len() > 4 || !flags.chars().all(is_flag) {
                return None;
            }
        }
        let (names_before, other_names) = (self.names.len(), Vec::new());
        self.open.push(RegexGroup {
            can_repeat,
            names_before,
            other_names,
        });
        Some(false)
    }

    fn close_group(&mut self) -> Option<bool> {
        let group = self.open.pop()?;
        self.names.extend(group.other_names);
        Some(group.can_repeat)
    }

    /// Groups in different alternatives may have the same name.
    fn end_alternative(&mut self) -> bool {
        let (start, others) = match self.open.last_mut() {
            Some(group) => (group.names_before, &mut group.other_names),
            None => (0, &mut self.other_names),
        };
        others.extend(self.names.drain(start..));
        false
    }

    fn name(&mut self) -> Option<&'t str> {
        let name = self.take_until('>')?;
        let fits = |c: char| c.is_alphanumeric() || "$_\u{200c}\u{200d}".contains(c);
        let starts_well = name.starts_with(|c: char| c.is_alphabetic() || "$_".contains(c));
        (starts_well && name.chars().all(fits)).then_some(name)
    }
}
