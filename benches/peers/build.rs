//! Makes the types that `reading` compares: for each schema ours and typify's.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    for name in ["plain", "checked", "tagged", "untagged", "open"] {
        let schema = format!("schemas/{name}.json");
        println!("cargo::rerun-if-changed={schema}");
        let ours = Path::new(&out).join(format!("{name}_ours.rs"));
        flowtypes::Generator::new()
            .schema(&schema)
            .single_file(&ours)
            .map_err(flowtypes::Error::from)?;
        let mut space = typify::TypeSpace::default();
        space.add_root_schema(serde_json::from_str(&fs::read_to_string(&schema)?)?)?;
        let text = prettyplease::unparse(&syn::parse2(space.to_stream())?);
        fs::write(Path::new(&out).join(format!("{name}_typify.rs")), text)?;
    }
    Ok(())
}
