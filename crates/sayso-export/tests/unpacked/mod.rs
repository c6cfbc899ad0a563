//! All that can be read in a file, whatever it is packed in: what is compressed cannot be searched.

use std::io::{Cursor, Read as _, Write as _};

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use rusqlite::types::ValueRef;

/// The words of a file: of an archive all files in it with their names, of tables all cells.
pub(crate) fn unpacked(bytes: &[u8]) -> String {
    if bytes.starts_with(b"PK") {
        of_archive(bytes)
    } else if bytes.starts_with(b"PAR1") {
        let reader = SerializedFileReader::new(on_disk(bytes).reopen().unwrap()).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        let rows: Vec<String> = rows.map(|row| row.unwrap().to_string()).collect();
        rows.join("\n")
    } else if bytes.starts_with(b"SQLite format 3") {
        of_database(bytes)
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    }
}

fn of_archive(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut inner = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        inner.read_to_end(&mut bytes).unwrap();
        let name = inner.name().unwrap().into_owned();
        all.push_str(&name);
        all.push('\n');
        // Colours and fonts of a workbook, which are the same in each: `lin` is a tag there.
        if !name.starts_with("xl/theme/") {
            all.push_str(&unpacked(&bytes));
        }
        all.push('\n');
    }
    all
}

fn of_database(bytes: &[u8]) -> String {
    let file = on_disk(bytes);
    let database = rusqlite::Connection::open(file.path()).unwrap();
    let names = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let mut names = database.prepare(names).unwrap();
    let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut all = String::new();
    for name in names {
        let mut rows = database
            .prepare(&format!("SELECT * FROM \"{}\"", name.unwrap()))
            .unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let ValueRef::Text(text) = row.get_ref(column).unwrap() {
                    all.push_str(&String::from_utf8_lossy(text));
                    all.push('\n');
                }
            }
        }
    }
    all
}

fn on_disk(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file.flush().unwrap();
    file
}
