//! Every target runs on its seeds, on damaged ones, and on what was ever found.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use sayso_fuzz::Target;

/// Its seeds, whole, cut short in the middle and to their first byte, and the files of
/// `found/TARGET`: inputs that once brought the target down.
#[track_caller]
fn passes(target: Target) {
    let seeds = target.seeds();
    assert!(seeds.len() >= 2, "{target:?} starts from nothing");
    for seed in seeds {
        target.run(&seed);
        target.run(&seed[..seed.len() / 2]);
        target.run(&seed[..1]);
    }
    target.run(&[]);
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("found");
    let Ok(files) = std::fs::read_dir(found.join(target.name())) else {
        return;
    };
    for file in files {
        let path = file.unwrap().path();
        eprintln!("{}", path.display());
        target.run(&std::fs::read(&path).unwrap());
    }
}

macro_rules! each {
    ($($name:ident: $target:ident),+) => {
        $(
            #[test]
            fn $name() {
                passes(Target::$target);
            }
        )+
        const RUN: &[Target] = &[$(Target::$target),+];
    };
}

each! {
    text: Text, page: Page, archive: Archive, feed: Feed, place: Place, actor: Actor, model: Model,
    sheet: Sheet, ledger: Ledger, desk: Desk, code: Code
}

#[test]
fn every_target_is_run() {
    assert_eq!(RUN, Target::ALL);
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("found");
    for folder in std::fs::read_dir(found).into_iter().flatten() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        assert!(
            RUN.iter().any(|target| target.name() == name),
            "{name} is no target"
        );
    }
}
