thread_local! {
    /// What has become of the parts of the value that is checked, by check and part. Several rules may ask the same of a part, and
    /// so may each of them again for what is in it, which would double with each level.
    static RUNS: RefCell<std::collections::BTreeMap<(usize, usize), Result<(), Invalid>>> =
        const { RefCell::new(std::collections::BTreeMap::new()) };
}

impl Check {
    /// Whether a value passes.
    fn run_whole(&self, value: &serde_json::Value) -> Result<(), Invalid> {
        // What is known of a value holds for as long as it stays where it is.
        RUNS.take();
        let run = self.run_part(value, 0);
        RUNS.take();
        run
    }

    /// Whether a value that stands alone passes.
    fn run_part(&self, value: &serde_json::Value, depth: usize) -> Result<(), Invalid> {
        if !value.is_object() && !value.is_array() {
            return self.run(value, &mut Seen::default(), depth);
        }
        let part = std::ptr::addr_of!(*value) as usize;
        let key = (std::ptr::addr_of!(*self) as usize, part);
        if let Some(run) = RUNS.with(|runs| runs.borrow().get(&key).cloned()) {
            return run;
        }
        let run = self.run(value, &mut Seen::default(), depth);
        RUNS.with(|runs| runs.borrow_mut().insert(key, run.clone()));
        run
    }
}
