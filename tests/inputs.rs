//! Nothing that a run has read is replaced by what it writes.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::program::{Folder, ORDER, fails};

/// A folder with an input of every kind.
fn inputs() -> Folder {
    let folder = Folder::empty();
    folder.write("order.json", ORDER);
    folder.write("sample.json", r#"{"id": "1"}"#);
    folder.write(
        "refers.json",
        r#"{"title": "Refers", "$ref": "order.json"}"#,
    );
    folder.write("flowtypes.json", r#"{"apex": {"classPrefix": "My"}}"#);
    folder.write("names.json", r#"{"version": 1}"#);
    // A schema may have any name, also one that is generated.
    folder.write("out/rust/mod.rs", ORDER);
    folder
}

#[test]
fn no_input_is_replaced_whoever_asks_for_it() {
    let folder = inputs();
    for (arguments, place) in [
        ("generate --single-file order.json order.json", "order.json"),
        (
            "generate --single-file order.json refers.json",
            "order.json",
        ),
        (
            "generate --single-file ../x/../NAME/order.json order.json",
            "order.json",
        ),
        (
            "generate --single-file sample.json --from-sample sample.json",
            "sample.json",
        ),
        (
            "generate --single-file flowtypes.json order.json",
            "flowtypes.json",
        ),
        (
            "generate --single-file names.json --lock names.json order.json",
            "names.json",
        ),
        ("generate --report order.json order.json", "order.json"),
        (
            "generate --report sample.json --from-sample sample.json",
            "sample.json",
        ),
        (
            "generate --report flowtypes.json order.json",
            "flowtypes.json",
        ),
        (
            "generate --report order.json --single-file types.rs order.json",
            "order.json",
        ),
        (
            "generate --target rust --out out out/rust/mod.rs",
            "out/rust/mod.rs",
        ),
    ] {
        let name = folder.0.path().file_name().unwrap().to_str().unwrap();
        let arguments = arguments.replace("NAME", name).replace("../x/", "");
        let arguments: Vec<&str> = arguments.split(' ').collect();
        for force in [&[][..], &["--force"]] {
            let arguments = [&arguments[..], force].concat();
            fails(&folder, &arguments, "FT9009", place);
            let said = folder.run(&arguments).stderr;
            assert!(!said.contains("--force"), "{said}");
        }
    }
}

#[cfg(unix)]
#[test]
fn an_input_is_known_by_any_name() {
    let folder = inputs();
    std::os::unix::fs::symlink("order.json", folder.path("link.json")).unwrap();
    let arguments = [
        "generate",
        "--force",
        "--single-file",
        "order.json",
        "link.json",
    ];
    fails(&folder, &arguments, "FT9009", "order.json");
}

#[test]
fn a_flow_is_not_replaced_by_its_picture() {
    let folder = Folder::with_order();
    folder.write("flowtypes.json", r#"{"flow": {"types": "all"}}"#);
    folder.succeed(&["generate", "--target", "flow", "--target", "apex"]);
    let flows = folder.names("generated/flow/flows");
    let flow = flows.first().unwrap().as_str();
    for force in [&[][..], &["--force"]] {
        let arguments = [&["picture", flow, "--out", flow], force].concat();
        fails(&folder, &arguments, "FT9009", flow);
    }
}

#[test]
fn what_is_no_input_of_the_run_is_replaced_as_ever() {
    let folder = inputs();
    folder.succeed(&[
        "generate",
        "--force",
        "--single-file",
        "sample.json",
        "order.json",
    ]);
    assert!(folder.read("sample.json").contains("pub struct Parcel"));
}
