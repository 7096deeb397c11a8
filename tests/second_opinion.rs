//! A second opinion: the generated types accept what another validator accepts, the `jsonschema` crate, and refuse
//! what it refuses, on instances that are valid or nearly are (`tests/support/instances.rs`). So does the schema that a
//! type gives back, and so do the types that keep unknown properties, which write what they have read.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use flowtypes::config::UnknownFields;
use flowtypes::{Generator, Target};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use jsonschema::{Registry, Validator};
use serde_json::Value;
use support::instances::{Document, instances};
use support::package::Package;

/// How many instances there are for each schema.
const INSTANCES: usize = 400;

/// What ours refuse and the other accepts, and why they may: the case, and how the refusal starts.
const KNOWN: [(&str, &str); 1] = [
    // From the least number of 64 bits with a sign to the greatest without: no type has both.
    ("constraints", "/huge: invalid value"),
];

/// A schema with everything it refers to, and the type that is made of it.
struct Subject {
    name: String,
    /// The path of the type.
    ty: String,
    /// The schema first.
    documents: Vec<Document>,
    instances: Vec<Value>,
    /// Whether formats are rules.
    asserts_formats: bool,
}

impl Subject {
    fn new(name: String, module: &str, documents: Vec<Document>) -> Self {
        let root = &documents[0];
        let stem = Path::new(&root.path).file_stem().unwrap();
        let stem = stem.to_str().unwrap();
        let title = root.value["title"].as_str().unwrap_or(stem);
        let ty = format!(
            "{module}::{}::{}",
            stem.to_snake_case(),
            title.to_upper_camel_case()
        );
        Self {
            name,
            ty,
            instances: instances(&documents, INSTANCES),
            documents,
            asserts_formats: false,
        }
    }

    /// The other validator with the schema that the type has given back.
    fn returned(&self, schema: &str) -> Validator {
        let mut schema: Value = for_the_other(&serde_json::from_str(schema).unwrap());
        let mut registry = Registry::new();
        if self.documents[0].value["$schema"] != schema["$schema"] {
            // The other holds the parts to the draft of the whole, where they have one of their own.
            for (id, part) in schema["$defs"].take().as_object().unwrap() {
                registry = registry.add(id, part.clone()).unwrap();
            }
            schema.as_object_mut().unwrap().remove("$defs");
        }
        let registry = registry.prepare().unwrap();
        jsonschema::options()
            .with_registry(&registry)
            .offline()
            .should_validate_formats(self.asserts_formats)
            .build(&schema)
            .unwrap_or_else(|error| panic!("{}: {error}\n{schema}", self.name))
    }

    /// The other validator.
    fn validator(&self) -> Validator {
        let root = &self.documents[0].value;
        let id = root.get("$id").or_else(|| root.get("id"));
        let base = id
            .and_then(Value::as_str)
            .unwrap_or("https://flowtypes.dev/cases/schema.json");
        let folder = base.rsplit_once('/').unwrap().0;
        let mut registry = Registry::new();
        for (index, document) in self.documents.iter().enumerate() {
            let uri = match index {
                0 => base.to_owned(),
                _ => format!("{folder}/{}", document.path),
            };
            registry = registry.add(uri, for_the_other(&document.value)).unwrap();
        }
        let registry = registry.prepare().unwrap();
        jsonschema::options()
            .with_registry(&registry)
            .offline()
            .should_validate_formats(self.asserts_formats)
            .with_base_uri(base)
            .build(&for_the_other(root))
            .unwrap()
    }
}

#[test]
fn another_validator_comes_to_the_same_verdicts() {
    let (package, subjects) = package();
    package.write();
    let answers = answers(&package, &subjects);
    let mut answers = answers.lines();
    let mut disagreements = Vec::new();
    for subject in &subjects {
        let validator = subject.validator();
        let returned = subject.returned(answers.next().unwrap());
        let mut valid = 0;
        for instance in &subject.instances {
            let theirs = validator.is_valid(instance);
            let ours = answers.next().unwrap();
            let again = returned.is_valid(instance);
            if theirs != again {
                let name = &subject.name;
                disagreements.push(format!(
                    "{name}: {instance}\n  {again} by the schema given back"
                ));
            }
            valid += usize::from(theirs);
            let is_known = KNOWN
                .iter()
                .any(|(name, start)| *name == subject.name && theirs && ours.starts_with(start));
            if theirs != (ours == "valid") && !is_known {
                let theirs = match validator.validate(instance) {
                    Ok(()) => "valid".to_owned(),
                    Err(error) => format!("{} at `{}`", error, error.instance_path()),
                };
                let name = &subject.name;
                disagreements.push(format!("{name}: {instance}\n  {ours}\n  {theirs}"));
            }
        }
        let count = subject.instances.len();
        println!("{}: {valid} of {count} are valid", subject.name);
        assert!(valid > 0 && count > INSTANCES / 10, "{}", subject.name);
    }
    assert!(answers.next().is_none());
    assert!(
        disagreements.is_empty(),
        "{} disagreements: of ours, then of the other\n{}",
        disagreements.len(),
        disagreements.join("\n")
    );
}

/// A schema that means the same, for a validator that knows no brace in a pattern but that of a quantifier, and that
/// takes `#` for a part with an anchor if a reference to that comes first.
fn for_the_other(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let member = |(name, member): (&String, &Value)| {
                let member = match (name.as_str(), member.as_str()) {
                    ("pattern", Some(pattern)) => Value::from(pattern.replace("{x}", "\\{x\\}")),
                    ("$ref", Some("#money")) => Value::from("#/$defs/Money"),
                    _ => for_the_other(member),
                };
                (name.clone(), member)
            };
            Value::Object(members.iter().map(member).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(for_the_other).collect()),
        _ => schema.clone(),
    }
}

/// A package with the types of the showcase and of every case, and a program that gives their verdicts.
fn package() -> (Package, Vec<Subject>) {
    let mut package = Package::new("second-opinion");
    let mut subjects = Vec::new();
    let mut modules = Vec::new();
    let showcase = Generator::from_config_file("flowtypes.json").map_err(|failure| failure.report);
    let mut add = |module: &str, mut generator: Generator| {
        generator.config_mut().rust.json_schema = true;
        let mut generator = generator.target(Target::Rust);
        for folder in ["src", "src/keeping"] {
            let output = generator.plan();
            let output = output.map_err(|failure| failure.report.to_string());
            package.add_files(&Path::new(folder).join(module), &output.unwrap().files);
            let rust = &mut generator.config_mut().rust;
            (rust.json_schema, rust.unknown_fields) = (false, UnknownFields::Keep);
        }
        modules.push(format!("mod {module};\n"));
    };
    add("showcase", showcase.unwrap());
    let schemas = json_files(Path::new("schemas"));
    for path in schemas.iter().filter(|path| !path.contains('/')) {
        let others = schemas.iter().filter(|other| *other != path);
        let documents = std::iter::once(path)
            .chain(others)
            .filter(|path| !path.contains('/'))
            .map(|path| document(Path::new("schemas"), path))
            .collect();
        subjects.push(Subject::new(
            format!("schemas/{path}"),
            "showcase",
            documents,
        ));
    }
    for case in support::cases() {
        // With options for Rust of its own, a case accepts something else than its schema, as it was asked to.
        if support::has_errors(&case) || support::name(&case).starts_with("rust-") {
            continue;
        }
        if !support::has_root(&case) {
            continue;
        }
        let config = case.join("flowtypes.json");
        let config = match config.is_file() {
            true => document(&case, "flowtypes.json").value,
            false => Value::Null,
        };
        // The other validator has no use for a schema that refers to nothing.
        if config["unresolved"] == "opaque" {
            continue;
        }
        let module = support::name(&case).to_snake_case();
        add(&module, support::generator(&case));
        let mut files = json_files(&case);
        files.retain(|path| !path.starts_with("actions/") && path != "flowtypes.json");
        files.sort_by_key(|path| path != "schema.json");
        let documents = files.iter().map(|path| document(&case, path)).collect();
        let mut subject = Subject::new(support::name(&case).to_owned(), &module, documents);
        subject.asserts_formats = config["formats"] == "assertion";
        subjects.push(subject);
    }
    package.add(
        "src/keeping/mod.rs",
        modules.concat().replace("mod ", "pub mod "),
    );
    modules.push("mod keeping;\n".to_owned());
    let types: String = subjects
        .iter()
        .map(|subject| {
            format!(
                "            \"{0}\" => verdict::<{0}, keeping::{0}>(instance),\n",
                subject.ty
            )
        })
        .collect();
    package.add(
        "src/main.rs",
        format!(
            "{}{}",
            modules.concat(),
            include_str!("generated/verdicts.rs").replace("            // The types.\n", &types)
        ),
    );
    package.add(
        "Cargo.toml",
        "[package]\nname = \"second-opinion\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nregress = \"0.12\"\nschemars = \"1\"\nserde = \"1\"\nserde_json = \"1\"\n\n[workspace]\n",
    );
    package.add_lock();
    let questions = subjects.iter().flat_map(|subject| {
        let instances = subject.instances.iter().map(ToString::to_string);
        let questions = std::iter::once(String::new()).chain(instances);
        questions.map(|instance| format!("{}\t{instance}\n", subject.ty))
    });
    package.add("questions.txt", questions.collect::<String>());
    (package, subjects)
}

/// What the generated types say of every instance: a line each.
fn answers(package: &Package, subjects: &[Subject]) -> String {
    let target = support::root().join("target/tests/generated");
    let run = ["run", "--quiet", "--", "questions.txt"];
    let answers = support::succeed(support::cargo(&package.folder, &target, &run));
    let count: usize = subjects
        .iter()
        .map(|subject| 1 + subject.instances.len())
        .sum();
    assert_eq!(answers.lines().count(), count);
    answers
}

fn document(folder: &Path, path: &str) -> Document {
    let text = fs::read_to_string(folder.join(path)).unwrap();
    Document {
        path: path.to_owned(),
        value: serde_json::from_str(&text).unwrap(),
    }
}

/// The JSON files below a folder, by their paths in it.
fn json_files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                let path = path.strip_prefix(folder).unwrap().to_str().unwrap();
                found.push(path.replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}
