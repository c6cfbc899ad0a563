//! How many reports there will be, for a progress bar.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::{Format, Walk};

/// About how many items [`super::reports`] will give; `None` where that shows only on reading:
/// for standard input, addresses, feeds, archives and exports.
///
/// Lines are counted without being read as JSON, so empty lines count too; what cannot be opened
/// counts as one, since it gives one error.
pub fn count<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Option<u64> {
    let mut total = 0;
    for path in paths {
        let path = path.as_ref();
        if path == Path::new("-") || super::is_address(path) {
            return None;
        }
        if path.is_dir() {
            for file in Walk::new(path) {
                total += file.map_or(Some(1), |file| of_file(&file))?;
            }
        } else {
            total += of_file(path)?;
        }
    }
    Some(total)
}

fn of_file(path: &Path) -> Option<u64> {
    match Format::of_path(path) {
        Some(Format::Lines) => Some(lines(path).unwrap_or(1)),
        Some(Format::Feed | Format::Archive | Format::Telegram) => None,
        Some(Format::Text | Format::Html | Format::Pdf | Format::Docx) | None => Some(1),
    }
}

// A dependency for counting bytes faster than the disk gives them would gain nothing.
#[allow(clippy::naive_bytecount)]
fn lines(path: &Path) -> std::io::Result<u64> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut buffer = vec![0; 1 << 16];
    let (mut count, mut last) = (0, b'\n');
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(count + u64::from(last != b'\n'));
        }
        count += buffer[..read].iter().filter(|&&byte| byte == b'\n').count() as u64;
        last = buffer[read - 1];
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use std::path::PathBuf;

    use super::*;

    #[test]
    fn counts_files_and_lines() {
        let folder = std::env::temp_dir().join(format!("sayso-count-{}", std::process::id()));
        fs::create_dir_all(folder.join("below")).unwrap();
        fs::write(folder.join("a.txt"), "One.").unwrap();
        fs::write(folder.join("below/b.jsonl"), "{}\n{}\n{}").unwrap();
        assert_eq!(count([&folder]), Some(4));
        assert_eq!(
            count([folder.join("a.txt"), PathBuf::from("gone.txt")]),
            Some(2)
        );
        assert_eq!(count(["-"]), None);
        assert_eq!(count(["https://tarra.example/feed"]), None);
        assert_eq!(count(["feed.xml"]), None);
        fs::remove_dir_all(folder).unwrap();
    }
}
