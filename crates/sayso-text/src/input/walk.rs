//! A folder's files, sorted, with what lies below it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Format, InputError};

/// Deepest folder that is entered.
const DEEPEST: usize = 64;

/// Files of a folder that are read, in the order of their names; folders below it in their place.
///
/// Hidden entries are left out. Below the folder nothing is read but regular files that lie there:
/// a link may lead out of it, to a file that whoever packed the folder wants read, and a pipe or a
/// device may never end. They are passed over, and told.
pub(super) struct Walk {
    root: String,
    stack: Vec<(PathBuf, usize)>,
    found: bool,
    ended: bool,
}

impl Walk {
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.display().to_string(),
            stack: vec![(root.to_owned(), 0)],
            found: false,
            ended: false,
        }
    }

    /// Puts a folder's entries on the stack, so that the first name comes off first.
    fn enter(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let hidden = path
                .file_name()
                .is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
            if !hidden {
                entries.push(path);
            }
        }
        entries.sort();
        let entries = entries.into_iter().rev().map(|path| (path, depth + 1));
        self.stack.extend(entries);
        Ok(())
    }
}

impl Iterator for Walk {
    type Item = Result<PathBuf, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some((path, depth)) = self.stack.pop() {
            let name = path.display().to_string();
            // The folder that was given may be a link; those below it are not followed.
            let kind = if depth == 0 {
                fs::metadata(&path)
            } else {
                fs::symlink_metadata(&path)
            };
            let kind = match kind {
                Ok(kind) => kind,
                Err(source) => return Some(Err(InputError::Unreadable { name, source })),
            };
            if kind.is_dir() {
                if depth > DEEPEST {
                    return Some(Err(InputError::Skipped {
                        name,
                        why: "the folders are nested too deeply",
                    }));
                }
                if let Err(source) = self.enter(&path, depth) {
                    return Some(Err(InputError::Unreadable { name, source }));
                }
                continue;
            }
            if kind.is_symlink() {
                return Some(Err(InputError::Skipped {
                    name,
                    why: "links in a folder are not followed",
                }));
            }
            if !kind.is_file() {
                return Some(Err(InputError::Skipped {
                    name,
                    why: "it is no file",
                }));
            }
            if Format::of_path(&path).is_none() {
                return Some(Err(InputError::Skipped {
                    name,
                    why: "only text, pages, .jsonl, .pdf, .docx, feeds, .warc and Telegram exports are read",
                }));
            }
            self.found = true;
            return Some(Ok(path));
        }
        if self.ended || self.found {
            return None;
        }
        self.ended = true;
        Some(Err(InputError::NothingInFolder {
            name: self.root.clone(),
        }))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    /// What is read of a folder, and what is said of the rest; no file is opened.
    fn walked(root: &Path) -> (Vec<String>, Vec<String>) {
        let (mut read, mut told) = (Vec::new(), Vec::new());
        for found in Walk::new(root) {
            match found {
                Ok(path) => read.push(path.file_name().unwrap().to_string_lossy().into_owned()),
                Err(error) => {
                    assert!(error.is_notice(), "{error}");
                    let told_of = error.to_string();
                    let name = told_of.strip_prefix(&format!("{}/", root.display()));
                    told.push(name.unwrap().to_owned());
                }
            }
        }
        (read, told)
    }

    #[test]
    fn only_files_that_lie_below_a_folder_are_read() {
        let base = std::env::temp_dir().join(format!("sayso-walk-{}", std::process::id()));
        let _ = fs::remove_dir_all(&base);
        let root = base.join("sent");
        fs::create_dir_all(root.join("below")).unwrap();
        fs::write(base.join("secret.txt"), "A key.").unwrap();
        fs::write(root.join("below/a.txt"), "The road was closed.").unwrap();
        symlink(base.join("secret.txt"), root.join("b.txt")).unwrap();
        symlink("../../secret.txt", root.join("below/c.txt")).unwrap();
        symlink("below/a.txt", root.join("d.txt")).unwrap();
        symlink(&base, root.join("e")).unwrap();
        symlink("nowhere.txt", root.join("f.txt")).unwrap();
        let made = Command::new("mkfifo").arg(root.join("g.txt")).status();
        assert!(made.unwrap().success());
        let _listener = UnixListener::bind(root.join("h.txt")).unwrap();
        let (read, told) = walked(&root);
        // The folder that was asked for may be a link: whoever asks knows where it leads.
        symlink(&root, base.join("link")).unwrap();
        let by_link = walked(&base.join("link")).0;
        fs::remove_dir_all(&base).unwrap();
        assert_eq!(read, ["a.txt"]);
        assert_eq!(by_link, ["a.txt"]);
        let link = "passed over: links in a folder are not followed";
        let no_file = "passed over: it is no file";
        let wanted = [
            format!("b.txt: {link}"),
            format!("below/c.txt: {link}"),
            format!("d.txt: {link}"),
            format!("e: {link}"),
            format!("f.txt: {link}"),
            format!("g.txt: {no_file}"),
            format!("h.txt: {no_file}"),
        ];
        assert_eq!(told, wanted);
    }
}
