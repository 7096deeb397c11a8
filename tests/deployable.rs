//! What can be deployed: projects and packages, and what there is already where they are written.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use serde_json::Value;
use support::program::{Folder, fails};

const SFDX: [&str; 5] = ["generate", "--layout", "sfdx", "--out", "."];

/// A folder with the inputs of the showcase.
fn showcase() -> Folder {
    let folder = Folder::empty();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut left = vec![root.join("schemas"), root.join("flowtypes.json")];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            folder.write(name, fs::read(&path).unwrap());
        }
    }
    folder
}

/// The paths below a folder.
fn below(folder: &Folder, path: &str) -> BTreeSet<String> {
    let start = format!("{path}/");
    let names = folder.names(path).into_iter();
    names
        .map(|name| name.strip_prefix(&start).unwrap_or(&name).to_owned())
        .collect()
}

/// The members of a `package.xml` of one kind.
fn members(text: &str, kind: &str) -> BTreeSet<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let of_kind = document.descendants().filter(|node| {
        node.has_tag_name(("http://soap.sforce.com/2006/04/metadata", "types"))
            && node.children().any(|child| child.text() == Some(kind))
    });
    let named = of_kind.flat_map(|types| types.children());
    named
        .filter(|node| node.tag_name().name() == "members")
        .map(|node| node.text().unwrap().to_owned())
        .collect()
}

#[test]
fn what_deploys_anywhere_is_apart_from_what_needs_an_org() {
    let folder = showcase();
    folder.succeed(&["generate", "--layout", "sfdx", "--out", "project"]);
    let project: Value = serde_json::from_str(&folder.read("project/sfdx-project.json")).unwrap();
    assert_eq!(project["packageDirectories"][0]["path"], "types");
    assert_eq!(project["packageDirectories"][1]["path"], "agent");
    assert_eq!(project["sourceApiVersion"], "66.0");
    let types = below(&folder, "project/types/main/default");
    let agent = below(&folder, "project/agent/main/default");
    assert!(types.contains("classes/AgfEinsteinBotSession.cls"));
    // It calls nothing but generated actions.
    assert!(types.contains("flows/Enter_Einstein_Bot_Session.flow-meta.xml"));
    // It calls an action of the platform, and the other one runs a flow that does.
    assert!(agent.contains("flows/End_Agent_Session.flow-meta.xml"));
    assert!(agent.contains("flows/Run_Agent_Session.flow-meta.xml"));
    for name in &types {
        let text = folder.read(&format!("project/types/main/default/{name}"));
        assert!(!text.contains("AgentInvAction"), "{name}");
        assert!(!text.contains("<actionType>api<"), "{name}");
    }
    // Each permission set grants what is in its own package.
    let granted = folder.read(
        "project/types/main/default/permissionsets/AgfGeneratedAccess.permissionset-meta.xml",
    );
    assert!(granted.contains("<flow>Enter_Einstein_Bot_Session<"));
    assert!(!granted.contains("<flow>End_Agent_Session<"));
    let granted = folder.read(
        "project/agent/main/default/permissionsets/AgfGeneratedAccessAgent.permissionset-meta.xml",
    );
    assert!(granted.contains("<flow>End_Agent_Session<") && !granted.contains("<apexClass>"));
    assert!(!folder.has("project/rust"));
    folder.succeed(&["check", "--layout", "sfdx", "--out", "project"]);
}

#[test]
fn the_guide_has_the_order_and_the_tests_of_this_run() {
    let folder = showcase();
    folder.succeed(&["generate", "--layout", "sfdx", "--out", "project"]);
    let guide = folder.read("project/flowtypes-deploy/README.md");
    let at = |text: &str| {
        guide
            .find(text)
            .unwrap_or_else(|| panic!("no {text} in {guide}"))
    };
    assert!(at("--dry-run --source-dir types") < at("start --source-dir types"));
    assert!(at("start --source-dir types") < at("start --source-dir agent"));
    // Each flow after those that it runs.
    assert!(at(". `End_Agent_Session`") < at(". `End_Agent_Session_Screen`"));
    assert!(at(". `Start_Agent_Session`") < at(". `Ask_Agent`"));
    assert!(at(". `Ask_Agent`") < at(". `Run_Agent_Session`"));
    let lists = "`flowtypes-deploy/remove-agent` and `flowtypes-deploy/remove-types`";
    assert!(at(lists) < at("--metadata-dir flowtypes-deploy/remove-agent"));
    assert!(
        at("--metadata-dir flowtypes-deploy/remove-agent")
            < at("--metadata-dir flowtypes-deploy/remove-types")
    );
    at("Where a flow runs another, that one stands before it");
    let tests = folder.read("project/flowtypes-deploy/tests.txt");
    let tests: BTreeSet<&str> = tests.lines().collect();
    let classes = below(&folder, "project/types/main/default/classes");
    for class in classes.iter().filter(|name| name.ends_with(".cls")) {
        let text = folder.read(&format!("project/types/main/default/classes/{class}"));
        let is_test = text.contains("@IsTest");
        assert_eq!(
            tests.contains(class.trim_end_matches(".cls")),
            is_test,
            "{class}"
        );
    }
}

#[test]
fn flows_that_run_no_other_can_be_activated_in_any_order() {
    let folder = Folder::empty();
    let schema =
        r#"{"title": "Page", "type": "object", "properties": {"a": {"enum": ["b", "c"]}}}"#;
    folder.write("page.json", schema);
    let config = r#"{
        "schemas": ["page.json"], "targets": ["apex", "flow"], "apex": {"actions": "all"},
        "flow": {"types": ["page"], "branches": ["page#/properties/a"]}
    }"#;
    folder.write("flowtypes.json", config);
    folder.succeed(&["generate", "--layout", "sfdx", "--out", "project"]);
    let guide = folder.read("project/flowtypes-deploy/README.md");
    assert!(guide.contains("## 4. Activate the flows\n"), "{guide}");
    assert!(guide.contains("Any order will do"), "{guide}");
    assert!(!guide.contains("active first"), "{guide}");
    // Nothing belongs to the other package, so that it has no folder, and no entry.
    let project: Value = serde_json::from_str(&folder.read("project/sfdx-project.json")).unwrap();
    let directories = project["packageDirectories"].as_array().unwrap();
    assert_eq!(directories.len(), 1, "{project}");
    assert_eq!(directories[0]["path"], "types");
    assert!(!folder.has("project/agent"));
}

#[test]
fn a_package_lists_what_it_holds_and_how_to_remove_it() {
    let folder = showcase();
    folder.succeed(&["generate", "--layout", "mdapi", "--out", "out"]);
    for package in ["types", "agent"] {
        let text = folder.read(&format!("out/{package}/package.xml"));
        assert!(text.contains("<version>66.0</version>"), "{text}");
        let files = below(&folder, &format!("out/{package}"));
        let of = |place: &str, suffix: &str| -> BTreeSet<String> {
            let names = files.iter().filter_map(|name| {
                let name = name.strip_prefix(place)?.strip_suffix(suffix)?;
                Some(name.to_owned())
            });
            names.collect()
        };
        assert_eq!(members(&text, "ApexClass"), of("classes/", ".cls"));
        assert_eq!(members(&text, "Flow"), of("flows/", ".flow"));
        assert_eq!(
            members(&text, "PermissionSet"),
            of("permissionsets/", ".permissionset")
        );
        let removal = format!("out/flowtypes-deploy/remove-{package}");
        let gone = folder.read(&format!("{removal}/destructiveChanges.xml"));
        assert_eq!(members(&gone, "ApexClass"), members(&text, "ApexClass"));
        let versions: BTreeSet<String> = members(&text, "Flow")
            .iter()
            .map(|flow| format!("{flow}-1"))
            .collect();
        assert_eq!(members(&gone, "Flow"), versions);
        let empty = folder.read(&format!("{removal}/package.xml"));
        assert!(!empty.contains("<members>"), "{empty}");
    }
}

#[test]
fn a_zip_file_holds_what_the_folder_would_and_is_the_same_each_time() {
    let folder = showcase();
    let zip = ["generate", "--layout", "mdapi", "--zip", "--out"];
    folder.succeed(&["generate", "--layout", "mdapi", "--out", "folders"]);
    folder.succeed(&[&zip[..], &["one"]].concat());
    folder.succeed(&[&zip[..], &["other"]].concat());
    for package in ["types", "agent"] {
        let bytes = fs::read(folder.path(&format!("one/{package}.zip"))).unwrap();
        let again = fs::read(folder.path(&format!("other/{package}.zip"))).unwrap();
        assert_eq!(bytes, again);
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut names = BTreeSet::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let name = entry.name().unwrap().into_owned();
            assert_eq!(
                text,
                folder.read(&format!("folders/{package}/{name}")),
                "{name}"
            );
            names.insert(name);
        }
        assert_eq!(names, below(&folder, &format!("folders/{package}")));
    }
    folder.succeed(&["check", "--layout", "mdapi", "--zip", "--out", "one"]);
    fs::write(folder.path("one/types.zip"), "PK").unwrap();
    let run = folder.run(&["check", "--layout", "mdapi", "--zip", "--out", "one"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("types.zip differs"), "{run:?}");
}

/// A project of somebody's, with a class of its own.
fn project(packages: &str) -> Folder {
    let folder = Folder::with_order();
    folder.write(
        "sfdx-project.json",
        format!("{{\n\t\"packageDirectories\": [{packages}]\n}}\n"),
    );
    folder.write("force-app/main/default/classes/Own.cls", "class Own {}\n");
    folder
}

const BOTH: &str = r#"{"path": "force-app", "default": true}, {"path": "types"}"#;

#[test]
fn a_project_that_is_there_keeps_every_file() {
    let folder = project(BOTH);
    let before = folder.files(".");
    folder.succeed(&SFDX);
    assert!(folder.has("types/main/default/classes/Parcel.cls"));
    folder.succeed(&["check", "--layout", "sfdx", "--out", "."]);
    let after = folder.files(".");
    for (name, file) in &before {
        assert_eq!(after.get(name), Some(file), "{name}");
    }
    // Another run, with nothing to write there any more, takes away what is ours.
    folder.write(
        "schemas/order.json",
        r#"{"type": "object", "title": "Else"}"#,
    );
    folder.succeed(&SFDX);
    assert!(!folder.has("types/main/default/classes/Parcel.cls"));
    assert!(folder.has("force-app/main/default/classes/Own.cls"));
}

#[test]
fn a_project_without_the_packages_is_not_edited() {
    let folder = project(r#"{"path": "force-app", "default": true}"#);
    let before = folder.files(".");
    let run = folder.run(&SFDX);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(
        run.stderr.contains("FT9007") && run.stderr.contains(r#"{"path": "types"}"#),
        "{run:?}"
    );
    // The Salesforce CLI refuses a project that lists a folder which is not there.
    assert!(!run.stderr.contains(r#"{"path": "agent"}"#), "{run:?}");
    assert_eq!(folder.files("."), before);
    // A folder inside of a package that is there needs no entry.
    folder.write(
        "flowtypes.json",
        r#"{"layout": "sfdx", "out": ".", "packages": {"types": "force-app/made/types"}}"#,
    );
    folder.succeed(&["generate"]);
    assert!(folder.has("force-app/made/types/main/default/classes/Parcel.cls"));
    folder.write("sfdx-project.json", "[]");
    fails(&folder, &["generate"], "FT9007", "sfdx-project.json");
}

#[test]
fn packages_that_move_leave_nothing_where_they_were() {
    let folder = project(BOTH);
    folder.succeed(&SFDX);
    let edited = "types/main/default/classes/Parcel.cls";
    assert!(folder.has(edited));
    folder.write(
        "flowtypes.json",
        r#"{"layout": "sfdx", "out": ".", "packages": {"types": "force-app/made/types"}}"#,
    );
    // A class of that name would be in two packages.
    let text = folder.read(edited);
    folder.write(edited, text.clone() + "// By hand.\n");
    fails(&folder, &["generate"], "FT9006", edited);
    folder.write(edited, text);
    folder.succeed(&["generate"]);
    assert!(folder.has("force-app/made/types/main/default/classes/Parcel.cls"));
    assert!(!folder.has("types"));
    folder.succeed(&["check"]);
    // Zip files and folders are the same packages.
    folder.write("flowtypes.json", "{}");
    let zip = ["generate", "--layout", "mdapi", "--zip"];
    folder.succeed(&zip);
    assert!(folder.has("generated/types.zip"));
    folder.write("flowtypes.json", r#"{"packages": {"types": "other"}}"#);
    folder.succeed(&zip);
    assert!(folder.has("generated/other.zip") && !folder.has("generated/types.zip"));
}

#[test]
fn a_name_that_a_package_has_already_is_refused() {
    for taken in ["Parcel.cls", "PARCELSTATE.cls"] {
        let folder = project(BOTH);
        let path = format!("force-app/main/default/classes/deep/{taken}");
        folder.write(&path, "class Other {}\n");
        let before = folder.files(".");
        fails(&folder, &SFDX, "FT9006", &path);
        // Nor does force put two classes of one name into a project.
        fails(
            &folder,
            &[&SFDX[..], &["--force"]].concat(),
            "FT9006",
            &path,
        );
        assert_eq!(folder.files("."), before);
        folder.write("flowtypes.json", r#"{"apex": {"classPrefix": "Pre"}}"#);
        folder.succeed(&SFDX);
    }
    // Elsewhere than in a package the name is free.
    let folder = project(BOTH);
    folder.write("docs/Parcel.cls", "class Parcel {}\n");
    folder.succeed(&SFDX);
}

#[test]
fn a_flow_that_a_package_has_already_is_refused() {
    let folder = showcase();
    folder.write(
        "sfdx-project.json",
        r#"{"packageDirectories": [{"path": "app"}, {"path": "types"}, {"path": "agent"}]}"#,
    );
    let path = "app/main/default/flows/ask_agent.flow-meta.xml";
    folder.write(path, "<Flow/>");
    fails(&folder, &SFDX, "FT9006", path);
}

#[test]
fn the_plain_layout_in_a_package_looks_at_the_project_as_well() {
    let folder = project(BOTH);
    folder.write(
        "force-app/main/default/classes/Parcel.cls",
        "class Parcel {}\n",
    );
    let into = ["generate", "--target", "apex", "--out"];
    let inside = [&into[..], &["force-app/main/default/made"]].concat();
    fails(
        &folder,
        &inside,
        "FT9006",
        "force-app/main/default/classes/Parcel.cls",
    );
    folder.succeed(&[&into[..], &["elsewhere"]].concat());
}

#[test]
fn a_description_of_the_project_is_ours_until_somebody_edits_it() {
    let folder = showcase();
    let whole = folder.read("flowtypes.json");
    folder.write(
        "flowtypes.json",
        r#"{"schemas": ["schemas"], "out": "generated"}"#,
    );
    folder.succeed(&[&SFDX[..], &["--target", "apex"]].concat());
    let one = folder.read("sfdx-project.json");
    assert!(!one.contains("agent"), "{one}");
    folder.write("flowtypes.json", &whole);
    folder.succeed(&SFDX);
    let two = folder.read("sfdx-project.json");
    assert!(two.contains("agent"), "{two}");
    let edited = two.replace("\"flowtypes\"", "\"mine\"");
    folder.write("sfdx-project.json", &edited);
    folder.write(
        "flowtypes.json",
        r#"{"apex": {"classPrefix": "New", "actions": "all"}}"#,
    );
    let said = folder.succeed(&SFDX).stderr;
    assert_eq!(folder.read("sfdx-project.json"), edited);
    // It is needed, so that nobody is told to remove it, and told once.
    assert_eq!(said.matches("FT9008").count(), 1, "{said}");
    assert!(said.contains("yours from now on"), "{said}");
    assert!(!said.contains("remove it"), "{said}");
    let said = folder.succeed(&SFDX).stderr;
    assert!(!said.contains("FT9008"), "{said}");
}

#[test]
fn what_is_left_of_a_component_is_all_of_it() {
    const LINE: &str =
        r#"{"title": "Line", "type": "object", "properties": {"count": {"type": "integer"}}}"#;
    let both = format!(
        r#"{{"title": "Order", "type": "object", "properties": {{"id": {{"type": "string"}}, "line": {LINE}}}}}"#
    );
    let (one, _) = both.split_once(r#", "line""#).unwrap();
    let one = format!("{one}}}}}");
    for edited in ["OrderLine.cls", "OrderLine.cls-meta.xml"] {
        let folder = Folder::empty();
        folder.write("schemas/order.json", &both);
        folder.succeed(&SFDX);
        let classes = "types/main/default/classes";
        let path = format!("{classes}/{edited}");
        let text = folder.read(&path) + "<!-- By hand. -->\n";
        folder.write(&path, &text);
        folder.write("schemas/order.json", &one);
        let said = folder.succeed(&SFDX).stderr;
        assert_eq!(said.matches("FT9008").count(), 1, "{said}");
        assert!(said.contains(&path), "{said}");
        assert!(
            said.contains("remove it together with `OrderLine.cls"),
            "{said}"
        );
        for stays in ["OrderLine.cls", "OrderLine.cls-meta.xml"] {
            assert!(folder.has(&format!("{classes}/{stays}")), "{stays}");
        }
        assert!(!folder.has(&format!("{classes}/OrderLineJson.cls")));
        // Both are somebody else's from now on.
        let said = folder.succeed(&SFDX).stderr;
        assert!(!said.contains("FT9008"), "{said}");
        assert!(
            !folder
                .read("flowtypes-manifest.json")
                .contains("/OrderLine.cls")
        );
    }
}

#[test]
fn another_layout_takes_away_what_the_former_one_wrote() {
    let folder = Folder::with_order();
    let layout = |layout: &str| {
        let before = folder.names("generated").len();
        let said = folder.succeed(&["generate", "--layout", layout]).stderr;
        assert_eq!(said.contains("FT9010"), before > 0, "{said}");
        // Who has both in folders of their own is told nothing.
        let apart = ["generate", "--layout", layout, "--out", layout];
        assert!(!folder.succeed(&apart).stderr.contains("FT9010"));
        folder.names("generated")
    };
    let plain = layout("plain");
    let said = folder.run(&["check", "--layout", "sfdx"]).stderr;
    let gone = plain.iter().filter(|name| {
        !name.starts_with("generated/rust/")
            && !name.ends_with("manifest.json")
            && !name.ends_with(".lock.json")
    });
    let count = format!("removes {} files", gone.count());
    assert!(
        said.contains(&count) && said.contains("`plain`"),
        "{count}: {said}"
    );
    let sfdx = layout("sfdx");
    assert!(
        !sfdx.iter().any(|name| name.starts_with("generated/apex/")),
        "{sfdx:?}"
    );
    let mdapi = layout("mdapi");
    assert!(
        !mdapi.iter().any(|name| name.contains("main/default")),
        "{mdapi:?}"
    );
    assert!(!folder.has("generated/sfdx-project.json"));
    let again = layout("plain");
    assert_eq!(again, plain);
}

#[test]
fn what_does_not_go_together_is_said() {
    let folder = Folder::with_order();
    let rust = ["generate", "--layout", "sfdx", "--target", "rust"];
    for (arguments, says) in [
        (&["generate", "--zip"][..], "--zip"),
        (&rust, "--target rust"),
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.stderr.contains(says), "{run:?}");
    }
    folder.write("flowtypes.json", r#"{"zip": true}"#);
    fails(&folder, &["generate"], "FT0050", "zip");
    folder.write("flowtypes.json", r#"{"layout": "sfdx"}"#);
    fails(&folder, &["generate", "--target", "rust"], "FT0050", "sfdx");
    folder.write(
        "flowtypes.json",
        r#"{"layout": "sfdx", "packages": {"types": "../up"}}"#,
    );
    fails(&folder, &["generate"], "FT0050", "../up");
    let single = ["generate", "--single-file", "a.rs"];
    folder.succeed(&single);
}
