//! What is to be written may not be.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use super::running::{does, stderr};
use super::{archive, as_nobody, is_root};

#[test]
fn a_folder_or_a_ledger_that_may_not_be_written_is_told_and_left_as_it_is() {
    // Everybody can come here, unlike to the folder that tests usually work in.
    let home = tempfile::TempDir::new().unwrap();
    let folder = home.path();
    fs::write(folder.join("in.jsonl"), archive(3)).unwrap();
    does(folder, &["add", "in.jsonl"]);
    let head = does(folder, &["head"]);
    // The last of all processes took the log away with it: none is needed to read the bytes.
    let before = fs::read(folder.join("sayso.db")).unwrap();
    let mode = |mode: u32| {
        for file in fs::read_dir(folder).unwrap().flatten() {
            fs::set_permissions(file.path(), Permissions::from_mode(mode | 0o111)).unwrap();
        }
        fs::set_permissions(folder, Permissions::from_mode(mode | 0o111)).unwrap();
    };
    // Copied before the folder is closed.
    let _ = as_nobody(folder, &["--version"]).output().unwrap();
    mode(0o444);
    for (arguments, file) in [
        (&["add", "in.jsonl", "--ledger", "new.db"][..], "new.db"),
        (&["add", "in.jsonl"], "sayso.db"),
        (&["report", "report-1"], "sayso.db"),
        (&["backup", "out.backup", "--ledger", "new.db"], "no ledger"),
    ] {
        let output = as_nobody(folder, arguments).output().unwrap();
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
        assert!(told.contains(file), "{arguments:?}: {told}");
        if file != "no ledger" {
            assert!(told.contains("may not be written"), "{arguments:?}: {told}");
        }
    }
    mode(0o644);
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    assert!(!folder.join("new.db").exists());
    assert_eq!(fs::read(folder.join("sayso.db")).unwrap(), before);
    assert_eq!(does(folder, &["head"]), head);
    assert!(is_root() || !folder.join("sayso").exists());
}
