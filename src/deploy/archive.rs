//! Zip files that are the same for the same content: sorted, and without a clock.

use std::io::{Cursor, Write as _};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The permissions of every file, where a system has them.
const MODE: u32 = 0o644;

/// A zip file of some texts by their paths.
pub(super) fn zip(mut files: Vec<(String, String)>) -> ZipResult<Vec<u8>> {
    files.sort_unstable();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(MODE);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        writer.start_file(path, options)?;
        let text = text.trim_end();
        writer.write_all(text.as_bytes())?;
        writer.write_all(b"\n")?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::zip;

    #[test]
    fn the_order_of_the_files_does_not_matter() {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let files = vec![file("b/x", "two"), file("a", "one\n")];
        let reversed: Vec<_> = files.iter().rev().cloned().collect();
        let bytes = zip(files).unwrap();
        assert_eq!(bytes, zip(reversed).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<_> = archive.file_names().map(Result::unwrap).collect();
        assert_eq!(names, ["a", "b/x"]);
        let mut text = String::new();
        archive
            .by_name("b/x")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "two\n");
    }
}
