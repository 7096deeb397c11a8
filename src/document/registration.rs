//! The OpenAPI description in the registration of an external service, as an org gives it out.

use roxmltree::{Document, ParsingOptions};

/// How the names of registrations end; the second is the Metadata API's own form.
pub const REGISTRATION_ENDINGS: &[&str] = &[
    ".externalServiceRegistration-meta.xml",
    ".externalServiceRegistration",
];

/// The name of the service, which is that of the file; none if the file is no registration.
pub(crate) fn registered(path: &str) -> Option<&str> {
    let file = path.rsplit('/').next().unwrap_or_default();
    let mut endings = REGISTRATION_ENDINGS.iter();
    endings.find_map(|end| file.strip_suffix(end))
}

/// The description in a registration, on the lines where it stands in the file.
///
/// # Errors
/// Why there is none.
pub(super) fn description(text: &str) -> Result<String, String> {
    // A document type declaration could make a small file grow without bounds.
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    let xml = Document::parse_with_options(text, options).map_err(|error| error.to_string())?;
    let mut members = xml.root_element().children();
    let schema = members
        .find(|member| member.tag_name().name() == "schema")
        .and_then(|schema| Some((schema.first_child()?.range().start, schema)));
    let Some((start, schema)) = schema else {
        return Err("it holds no description in `schema`".to_owned());
    };
    let mut description = "\n".repeat(text[..start].matches('\n').count());
    let texts = schema.children().filter(|part| part.is_text());
    texts
        .filter_map(|part| part.text())
        .for_each(|part| description.push_str(part));
    Ok(description)
}

#[cfg(test)]
mod tests {
    use super::{description, registered};

    #[test]
    fn a_description_stays_on_its_lines() {
        let text = "<R>\n<label>a</label>\n<schema>{&quot;a&quot;:\n<![CDATA[1]]>}</schema></R>";
        assert_eq!(description(text).as_deref(), Ok("\n\n{\"a\":\n1}"));
        assert!(description("<R><schema/></R>").is_err());
        assert!(description("<R>").is_err());
    }

    #[test]
    fn a_service_is_called_as_its_file() {
        let path = "force-app/Shop.externalServiceRegistration-meta.xml";
        assert_eq!(registered(path), Some("Shop"));
        assert_eq!(registered("shop.yaml"), None);
    }
}
