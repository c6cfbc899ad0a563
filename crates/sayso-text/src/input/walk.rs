//! A folder's files, sorted, with what lies below it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Format, InputError};

/// Deepest folder that is entered.
const DEEPEST: usize = 64;

/// Files of a folder that are read, in the order of their names; folders below it in their place.
///
/// Hidden entries are left out and links to folders are not followed, so that no file comes twice.
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
            let is_link = kind.as_ref().is_ok_and(fs::Metadata::is_symlink);
            if kind.as_ref().is_ok_and(fs::Metadata::is_dir) {
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
            if is_link && path.is_dir() {
                return Some(Err(InputError::Skipped {
                    name,
                    why: "links to folders are not followed",
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
