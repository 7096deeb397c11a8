impl Check {
    /// Whether a value passes.
    fn run_whole(&self, value: &serde_json::Value) -> Result<(), Invalid> {
        self.run_part(value, 0)
    }

    /// Whether a value that stands alone passes.
    fn run_part(&self, value: &serde_json::Value, depth: usize) -> Result<(), Invalid> {
        self.run(value, &mut Seen::default(), depth)
    }
}
