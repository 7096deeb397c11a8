//! The kinds of metadata: their folders, and what their files are called in source format and in metadata format.

use super::Package;

/// A kind of metadata that is generated.
#[derive(Debug)]
pub(super) struct Kind {
    /// Its name in a `package.xml`.
    pub name: &'static str,
    /// Its folder, which is the same in both formats.
    pub folder: &'static str,
    /// Where its components go unless their target says otherwise.
    pub package: Package,
    form: Form,
}

/// What the files of a component are called.
#[derive(Debug)]
enum Form {
    /// One file with its description beside it, such as `X.cls` and `X.cls-meta.xml`.
    Described(&'static str),
    /// One file: `X.flow-meta.xml` in source format, `X.flow` in metadata format.
    Alone(&'static str),
    /// A folder of files, which have the same names in both formats.
    Bundle,
}

/// Every kind, in the order of their names.
const ALL: &[Kind] = &[
    Kind {
        name: "ApexClass",
        folder: "classes",
        package: Package::Types,
        form: Form::Described(".cls"),
    },
    Kind {
        name: "Flow",
        folder: "flows",
        package: Package::Types,
        form: Form::Alone(".flow"),
    },
    Kind {
        name: "GenAiFunction",
        folder: "genAiFunctions",
        package: Package::Agent,
        form: Form::Bundle,
    },
    Kind {
        name: "LightningTypeBundle",
        folder: "lightningTypes",
        package: Package::Agent,
        form: Form::Bundle,
    },
    Kind {
        name: "PermissionSet",
        folder: "permissionsets",
        package: Package::Types,
        form: Form::Alone(".permissionset"),
    },
];

/// What the name of a description in source format ends in.
const META: &str = "-meta.xml";

impl Kind {
    /// The kind that has a folder.
    pub fn of_folder(folder: &str) -> Option<&'static Self> {
        ALL.iter().find(|kind| kind.folder == folder)
    }

    /// The folders of all kinds.
    pub fn folders() -> impl Iterator<Item = &'static str> {
        ALL.iter().map(|kind| kind.folder)
    }

    /// The component that a file in the folder of this kind is a part of.
    pub fn component<'p>(&self, file: &'p str) -> Option<&'p str> {
        match self.form {
            Form::Described(suffix) => {
                let file = file.strip_suffix(META).unwrap_or(file);
                file.strip_suffix(suffix)
            }
            Form::Alone(suffix) => file.strip_suffix(META)?.strip_suffix(suffix),
            Form::Bundle => file.split_once('/').map(|(name, _)| name),
        }
    }

    /// The name of a file of source format in metadata format.
    pub fn in_metadata_format<'p>(&self, file: &'p str) -> &'p str {
        match self.form {
            Form::Alone(_) => file.strip_suffix(META).unwrap_or(file),
            Form::Described(_) | Form::Bundle => file,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn every_file_knows_its_component_and_its_name_in_metadata_format() {
        for (folder, file, component, name) in [
            ("classes", "X.cls", "X", "X.cls"),
            ("classes", "X.cls-meta.xml", "X", "X.cls-meta.xml"),
            ("flows", "Y_Z.flow-meta.xml", "Y_Z", "Y_Z.flow"),
            (
                "permissionsets",
                "P.permissionset-meta.xml",
                "P",
                "P.permissionset",
            ),
            ("lightningTypes", "t/schema.json", "t", "t/schema.json"),
        ] {
            let kind = Kind::of_folder(folder).unwrap();
            assert_eq!(kind.component(file), Some(component), "{file}");
            assert_eq!(kind.in_metadata_format(file), name, "{file}");
        }
        assert!(Kind::of_folder("pictures").is_none());
    }
}
