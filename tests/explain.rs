//! Every diagnostic is explained, and the examples are true.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use flowtypes::diagnostic::Code;
use support::program::Folder;

/// The schema of an example.
fn example(text: &str) -> Option<&str> {
    text.split("```json\n").nth(1)?.split("```").next()
}

#[test]
fn every_code_has_a_text_and_a_way_out() {
    let folder = Folder::empty();
    let list = folder.succeed(&["explain"]).stdout;
    for code in Code::ALL {
        assert!(list.contains(code.as_str()), "{code}");
        let text = folder.succeed(&["explain", code.as_str()]).stdout;
        let (title, rest) = text
            .split_once("\n\n")
            .unwrap_or_else(|| panic!("{code} has no section in src/cli/explanations.md"));
        assert!(title.starts_with(code.as_str()), "{title}");
        assert!(rest.contains("Way out: "), "{code} has no way out");
        assert!(!rest.contains("## "), "{code}: {rest}");
    }
    assert_eq!(
        folder.succeed(&["explain", "ft0201"]).stdout,
        folder.succeed(&["explain", "FT0201"]).stdout
    );
    let run = folder.run(&["explain", "FT4242"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("FT4242"), "{run:?}");
}

#[test]
fn every_example_gives_its_diagnostic() {
    let mut count = 0;
    for code in Code::ALL {
        let folder = Folder::empty();
        let text = folder.succeed(&["explain", code.as_str()]).stdout;
        let Some(schema) = example(&text) else {
            continue;
        };
        count += 1;
        folder.write("schemas/example.json", schema);
        let run = folder.run(&["check", "--message-format", "json"]);
        let wanted = format!("\"code\":\"{code}\"");
        assert!(run.stdout.contains(&wanted), "{code}: {}", run.stdout);
    }
    assert!(count >= 15, "{count}");
}
