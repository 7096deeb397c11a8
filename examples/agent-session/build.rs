//! Makes the Rust types of the schemas that `flowtypes.json` names.

fn main() -> Result<(), flowtypes::Error> {
    flowtypes::Generator::from_config_file("flowtypes.json")?.build_script()
}
