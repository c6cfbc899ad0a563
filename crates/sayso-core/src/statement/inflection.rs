//! From an English verb or noun form to the lemmas it may belong to.

/// Irregular forms of the verbs that cues are made of.
const IRREGULAR: &[(&str, &str)] = &[
    ("bore", "bear"),
    ("forecast", "forecast"),
    ("foresaw", "foresee"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("held", "hold"),
    ("kept", "keep"),
    ("laid", "lay"),
    ("made", "make"),
    ("pled", "plead"),
    ("said", "say"),
    ("saw", "see"),
    ("seen", "see"),
    ("shown", "show"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("taken", "take"),
    ("thought", "think"),
    ("told", "tell"),
    ("took", "take"),
    ("understood", "understand"),
    ("undertook", "undertake"),
    ("withheld", "withhold"),
    ("written", "write"),
    ("wrote", "write"),
];

/// The lemmas that `form`, in lower case, may be a form of, the likeliest first.
pub(super) fn stems(form: &str) -> Vec<String> {
    if let Some((_, lemma)) = IRREGULAR.iter().find(|(irregular, _)| *irregular == form) {
        return vec![(*lemma).to_owned()];
    }
    let mut found = vec![form.to_owned()];
    let mut add = |stem: &str, tail: &str| found.push(format!("{stem}{tail}"));
    for (ending, tails) in [
        ("ies", &["y"][..]),
        ("ied", &["y"]),
        ("es", &["e", ""]),
        ("s", &[""]),
        ("ed", &["", "e"]),
        ("ing", &["", "e"]),
    ] {
        if let Some(stem) = form.strip_suffix(ending)
            && stem.len() >= 2
        {
            for tail in tails {
                add(stem, tail);
            }
            // "admitted", "rebutting"
            let mut letters = stem.chars().rev();
            if ending != "s"
                && let (Some(last), Some(before)) = (letters.next(), letters.next())
                && last == before
            {
                add(&stem[..stem.len() - last.len_utf8()], "");
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_lemma_among_the_stems() {
        for (form, lemma) in [
            ("denied", "deny"),
            ("claims", "claim"),
            ("urged", "urge"),
            ("urging", "urge"),
            ("admitted", "admit"),
            ("said", "say"),
            ("accuses", "accuse"),
            ("é", "é"),
        ] {
            assert!(stems(form).iter().any(|s| s == lemma), "{form}");
        }
    }
}
