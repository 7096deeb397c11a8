use std::path::PathBuf;

use super::flows_of;
use super::simulate::{Answer, Run, simulate};
use crate::action::{SchemaRoots, Service, openapi};
use crate::config::Config;
use crate::diagnostic::{Diagnostics, Severity};
use crate::dialect::{self, About};
use crate::document::{DocumentSet, load_services};
use crate::target::flow::model::Flow;
use crate::{ir, normalize};

/// The flows for the operations of a description, in its order.
fn described<T>(path: &str, use_them: impl FnOnce(&[Flow]) -> T) -> T {
    let (config, mut diagnostics) = (Config::default(), Diagnostics::default());
    let mut documents = DocumentSet::default();
    let paths = [PathBuf::from(path)];
    load_services(
        &paths,
        &[],
        Severity::Error,
        &mut documents,
        &mut diagnostics,
    );
    let schemas = dialect::read(&documents, About::Services, &config, &mut diagnostics);
    let normal = normalize::normalize(&schemas, &config, &mut diagnostics);
    let types = ir::convert(
        &normal,
        &schemas.locations,
        ir::check::checks(&schemas),
        None,
    );
    let roots = SchemaRoots::new(&types).with_paths(&documents);
    let id = documents.services()[0].unwrap();
    let service = Service::new(path, "Api");
    let actions = openapi::describe(&service, id, &documents, &roots, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let flows: Vec<Flow> = actions
        .iter()
        .map(|action| flows_of(&roots, action, &config).remove(0))
        .collect();
    use_them(&flows)
}

const ANSWERS: &str = "tests/cases/service-answers/api.yaml";

fn run(flow: &Flow, outputs: &'static [(&'static str, &'static str)]) -> Run {
    simulate(flow, &[], &Answer::Outputs(outputs))
}

#[test]
fn answers_without_content_are_told_apart_by_their_code() {
    described(ANSWERS, |flows| {
        let cases: [(&'static [(&str, &str)], &str); 8] = [
            (&[("responseCode", "200.0")], "Success"),
            (&[("responseCode", "204.0")], "Success"),
            (&[("responseCode", "400.0")], "RequestRefused"),
            (&[("responseCode", "404.0")], "NotFound"),
            (&[("responseCode", "429.0")], "RequestRefused"),
            (&[("responseCode", "500.0")], "ServerError"),
            (&[("responseCode", "599.0")], "ServerError"),
            (&[("responseCode", "302.0")], "OtherError"),
        ];
        for (outputs, state) in cases {
            assert_eq!(run(&flows[0], outputs).get("State"), state, "{outputs:?}");
        }
        let fault = simulate(&flows[0], &[], &Answer::Fault);
        assert_eq!(fault.get("State"), "Fault");
    });
}

#[test]
fn answers_with_content_give_what_they_hold() {
    described(ANSWERS, |flows| {
        let full = &flows[1];
        let done = run(full, &[("responseCode", "200.0"), ("200.id", "7")]);
        assert_eq!((done.get("State"), done.get("Id")), ("Success", "7"));
        let busy = run(full, &[("responseCode", "429.0"), ("429Exc.message", "m")]);
        assert_eq!(
            (busy.get("State"), busy.get("Error_Details")),
            ("TooManyRequests", "m")
        );
        let refused = run(full, &[("responseCode", "410.0"), ("4XXExc.message", "m")]);
        assert_eq!(
            (refused.get("State"), refused.get("Error_Details")),
            ("RequestRefused", "m")
        );
        let other = run(
            full,
            &[("responseCode", "500.0"), ("defaultExc.message", "m")],
        );
        assert_eq!(
            (other.get("State"), other.get("Error_Details")),
            ("OtherError", "m")
        );
        // Nothing is read of an output that is not there.
        let empty = run(full, &[("responseCode", "429.0")]);
        assert_eq!(
            (empty.get("State"), empty.get("Error_Details")),
            ("TooManyRequests", "")
        );
        let nothing = run(full, &[("responseCode", "200.0")]);
        assert_eq!(nothing.get("State"), "UnexpectedResponse");
        let unknown = run(full, &[("responseCode", "302.0")]);
        assert_eq!(unknown.get("State"), "UnexpectedResponse");
    });
}

#[test]
fn an_answer_for_every_code_is_a_success_only_for_codes_of_success() {
    described(ANSWERS, |flows| {
        let done = run(&flows[2], &[("responseCode", "201.0"), ("default.id", "7")]);
        assert_eq!((done.get("State"), done.get("Id")), ("Success", "7"));
        let wrong = run(&flows[2], &[("responseCode", "500.0"), ("default.id", "7")]);
        assert_eq!(wrong.get("State"), "UnexpectedResponse");
    });
}

#[test]
fn an_optional_body_is_sent_whole_or_not_at_all() {
    described(ANSWERS, |flows| {
        let answer = Answer::Outputs(&[("responseCode", "204.0")]);
        let run = |inputs: &[(&str, &str)]| simulate(&flows[3], inputs, &answer);
        let sent = |run: &Run| -> Vec<String> {
            let values = run.values.iter();
            let of_body = values.filter(|(key, _)| key.starts_with("Body."));
            of_body
                .map(|(key, value)| format!("{key}={value}"))
                .collect()
        };
        assert_eq!(sent(&run(&[])), Vec::<String>::new());
        let least = ["Body.a=x", "Body.b_set=true"];
        assert_eq!(sent(&run(&[("A", "x")])), least);
        let all = ["Body.a=x", "Body.b=y", "Body.b_set=true", "Body.c=z"];
        assert_eq!(sent(&run(&[("A", "x"), ("B", "y"), ("C", "z")])), all);
        for part in [("B", "y"), ("C", "z")] {
            let refused = run(&[part]);
            assert_eq!(refused.get("State"), "InvalidInput");
            assert!(refused.get("Error_Message").contains("given in part"));
            assert!(!refused.path.contains(&"Partial".to_owned()));
        }
    });
}
