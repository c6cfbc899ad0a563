//! Signs by themselves; what they are worth is measured by `sayso-eval confidence`.

use std::collections::BTreeSet;

use super::*;

#[test]
fn signs_that_do_not_hold_are_left_out() {
    let mut signs = Signs::default();
    signs.add("base", 1.0);
    signs.flag("quoted", false);
    signs.flag("inner", true);
    signs.named("act", "deny");
    let all: Vec<(&str, f64)> = signs.iter().collect();
    assert_eq!(all, [("base", 1.0), ("inner", 1.0), ("act:deny", 1.0)]);
    let names: BTreeSet<&str> = signs.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), all.len());
}

#[test]
fn a_share_of_nothing_is_none() {
    assert_eq!(share(1, 4), 0.25);
    assert_eq!(share(0, 0), 0.0);
}
