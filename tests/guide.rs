//! The guide for admins, followed to the letter: `examples/order-flow/README.md`.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::fs;

use support::program::Folder;
use support::root;

/// The words of a text that an API name in Salesforce may be.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .collect()
}

#[test]
fn the_guide_leads_where_it_says() {
    let example = root().join("examples/order-flow");
    let guide = fs::read_to_string(example.join("README.md")).unwrap();
    let folder = Folder::empty();
    for sample in ["order-1.json", "order-2.json"] {
        folder.write(sample, fs::read(example.join(sample)).unwrap());
    }
    let commands: Vec<Vec<&str>> = guide
        .lines()
        .filter_map(|line| line.strip_prefix("    flowtypes "))
        .map(|line| line.split(' ').collect())
        .collect();
    assert!(commands.len() > 4, "{commands:?}");
    for command in &commands {
        if command[0] == "diff" {
            folder.write("old/order.json", folder.read("schemas/order.json"));
        }
        folder.succeed(command);
    }
    for file in [
        "deploy/sfdx-project.json",
        "deploy/flowtypes-deploy/README.md",
    ] {
        assert!(folder.has(file), "{file}");
    }

    let picture = example.join("pictures/enter-order.svg");
    let drawn = folder.read("enter-order.svg");
    if std::env::var_os("FLOWTYPES_BLESS").is_some() {
        fs::write(&picture, &drawn).unwrap();
    }
    assert!(
        fs::read_to_string(&picture).unwrap() == drawn,
        "{} is not what the guide says: run this test with FLOWTYPES_BLESS=1",
        picture.display()
    );

    // What the guide and the drawings speak of is there.
    let mut generated = String::new();
    for name in folder.names("generated") {
        if !name.ends_with(".rs") {
            generated.push_str(&name);
            generated.push_str(&folder.read(&name));
        }
    }
    let known = words(&generated);
    let mut said = guide;
    for drawing in ["assignment", "new-resource", "parse-order"] {
        let path = example.join(format!("pictures/{drawing}.svg"));
        said.push_str(&fs::read_to_string(path).unwrap());
    }
    let names = words(&said).into_iter().filter(|word| {
        let rest = word.strip_prefix("My").unwrap_or("");
        rest.starts_with(|letter: char| letter.is_ascii_uppercase())
    });
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 3, "{names:?}");
    for name in names {
        assert!(known.contains(name), "{name}");
    }
    for label in [
        "Parse Order",
        "Write Order",
        "Validate Order",
        "Make UUID",
        "My JSON",
        "Is Success",
        "Fail on Error",
        "Error Message",
    ] {
        assert!(said.contains(label), "the guide is silent about {label}");
        assert!(generated.contains(label), "{label}");
    }
}
