//! From an English verb or noun form to the lemmas it may belong to.

use sayso_lexicon::VerbForms;

/// The lemmas that `form`, in lower case, may be a form of, the likeliest first.
pub(super) fn stems(forms: &VerbForms, form: &str) -> Vec<String> {
    let mut found: Vec<String> = forms.irregular(form).map(str::to_owned).collect();
    if !found.is_empty() {
        return found;
    }
    found.push(form.to_owned());
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
        let forms = sayso_lexicon::Lexicon::builtin().unwrap().verb_forms;
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
            assert!(stems(&forms, form).iter().any(|s| s == lemma), "{form}");
        }
    }
}
