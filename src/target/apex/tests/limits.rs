//! What is beyond the limits of the platform.

use super::{named, object, one_of, run, run_with, text};
use crate::config::Config;
use crate::ir::TypeDef;

fn words(count: usize) -> Vec<&'static str> {
    (0..count)
        .map(|index| &*Box::leak(format!("p{index}").into_boxed_str()))
        .collect()
}

/// What is said of limits.
fn limits(types: Vec<TypeDef<'static>>) -> Vec<String> {
    let (_, said) = run(types);
    said.into_iter()
        .filter(|line| line.starts_with("FT2004"))
        .collect()
}

#[test]
fn too_many_fields_are_said() {
    let class = |count| {
        let fields: Vec<_> = words(count).into_iter().map(|wire| (wire, 1)).collect();
        limits(vec![named("Wide", object(&fields)), named("Text", text())])
    };
    assert_eq!(class(5_000), [""; 0]);
    assert_eq!(
        class(5_001),
        ["FT2004 Apex class `Wide` has 5001 fields; the platform takes about 5000"]
    );
}

#[test]
fn too_many_values_of_an_enum_are_said() {
    let class = |count| limits(vec![named("Codes", one_of(&words(count)))]);
    assert_eq!(class(5_000), [""; 0]);
    assert_eq!(
        class(5_001),
        ["FT2004 Apex class `Codes` has 5001 constants; the platform takes about 5000"]
    );
}

#[test]
fn too_many_classes_are_said() {
    let classes = |count: usize| {
        let mut types = vec![named("Text", text())];
        types.extend(
            words(count)
                .into_iter()
                .map(|name| named(name, object(&[("a", 0)]))),
        );
        limits(types)
    };
    assert_eq!(classes(200), [""; 0]);
    assert_eq!(
        classes(201),
        ["FT2004 201 Apex classes are visible to Flow; Flow Builder gets slow above 200"]
    );
}

#[test]
fn a_class_that_is_too_long_is_said() {
    let class = |letters: usize| {
        let mut long = named("Long", object(&[("a", 1)]));
        long.docs.description = Some(Box::leak("a ".repeat(letters / 2).into_boxed_str()));
        limits(vec![long, named("Text", text())])
    };
    assert_eq!(class(900_000), [""; 0]);
    let said = class(1_000_000);
    assert_eq!(said.len(), 1);
    assert!(said[0].ends_with("the platform allows 1000000"), "{said:?}");
}

#[test]
fn the_test_of_an_enum_compares_so_many_values_and_the_set_of_all() {
    let test = |count: usize| {
        let codes = vec![named("Codes", one_of(&words(count)))];
        let (files, _) = run_with(codes, &Config::default());
        let path = "apex/classes/CodesTest.cls";
        let file = files.iter().find(|(name, _)| *name == path);
        let text = file.map_or("", |(_, text)| text);
        let all = (0..count).all(|index| text.contains(&format!("'p{index}'")));
        (text.matches(", Codes.P").count(), all)
    };
    assert_eq!(test(200), (200, true));
    assert_eq!(test(201), (101, true));
    assert_eq!(test(5_000), (200, true));
}
