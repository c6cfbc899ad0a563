//! Regular English inflection, to check a lemma against the form it is to explain.

/// Whether `form` is a regular inflected form (`-s`, `-ed`, `-ing`, `-men`) of `lemma`, both lower
/// case.
///
/// `carried` of `carry`, `planned` of `plan`, `fired` of `fire` but not of `fir`. A word of more
/// than one syllable may double its last consonant or not (`travelling`, `visiting`).
pub(crate) fn is_regular(lemma: &str, form: &str) -> bool {
    if !lemma.is_ascii() || lemma.len() < 2 {
        return false;
    }
    if let Some(stem) = form.strip_suffix("ed") {
        return past(lemma, stem);
    }
    if let Some(stem) = form.strip_suffix("ing") {
        return participle(lemma, stem);
    }
    if let Some(base) = lemma.strip_suffix("man") {
        return form.strip_suffix("men") == Some(base);
    }
    form.ends_with('s') && third_person(lemma, form)
}

/// Whether an English verb may be `base` and a silent `e`: `abducte` may not.
fn takes_silent_e(base: &str) -> bool {
    const CLUSTERS: [&str; 26] = [
        "nc", "ng", "rs", "rg", "lv", "rv", "st", "dg", "tl", "bl", "dl", "pl", "gl", "kl", "cl",
        "fl", "sl", "zl", "ns", "ls", "ps", "lg", "rc", "th", "ch", "qu",
    ];
    match base.as_bytes() {
        // `carried` is of `carry`; the few of `die`, `lie`, `tie` and `vie` are short.
        [.., b'i'] => base.len() < 3,
        [.., a, b] if !is_vowel(*a) && !is_vowel(*b) => CLUSTERS.iter().any(|c| base.ends_with(c)),
        _ => true,
    }
}

fn past(lemma: &str, stem: &str) -> bool {
    if let Some(base) = lemma.strip_suffix('e') {
        return base == stem && takes_silent_e(base);
    }
    if ends_in_consonant_y(lemma) {
        return stem.strip_suffix('i') == lemma.strip_suffix('y');
    }
    doubled(lemma, stem)
}

fn participle(lemma: &str, stem: &str) -> bool {
    if let Some(base) = lemma.strip_suffix("ie") {
        return stem.strip_suffix('y') == Some(base);
    }
    match lemma.strip_suffix('e') {
        Some(base) if !base.ends_with(['e', 'y', 'o']) => base == stem && takes_silent_e(base),
        _ => doubled(lemma, stem),
    }
}

fn third_person(lemma: &str, form: &str) -> bool {
    let ending = form.strip_prefix(lemma);
    if ends_in_consonant_y(lemma) {
        let base = lemma.strip_suffix('y').unwrap_or(lemma);
        form.strip_prefix(base) == Some("ies")
    } else if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|e| lemma.ends_with(e))
    {
        ending == Some("es")
    } else if lemma.ends_with('o') {
        matches!(ending, Some("s" | "es"))
    } else {
        let odd = lemma.len() > 3 && ["ie", "sse", "she"].iter().any(|e| lemma.ends_with(e));
        ending == Some("s") && !odd
    }
}

/// Whether `stem` is `lemma`, its last consonant doubled where that is due.
fn doubled(lemma: &str, stem: &str) -> bool {
    let letters = lemma.as_bytes();
    let (Some(&last), Some(vowel)) = (letters.last(), letters.len().checked_sub(2)) else {
        return false;
    };
    let before = &lemma[..vowel];
    let after_vowel = before.bytes().next_back().is_some_and(is_vowel) && !before.ends_with("qu");
    let doubles = !is_vowel(last) && !matches!(last, b'w' | b'x' | b'y');
    let short = doubles && is_vowel(letters[vowel]) && !after_vowel;
    let plain = stem == lemma;
    let double = short && stem.strip_suffix(char::from(last)) == Some(lemma);
    let one_syllable = letters[..vowel].iter().all(|&b| !is_vowel(b));
    double || (plain && !(short && one_syllable))
}

fn ends_in_consonant_y(word: &str) -> bool {
    word.strip_suffix('y')
        .and_then(|base| base.bytes().next_back())
        .is_some_and(|b| !is_vowel(b))
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_regular_forms() {
        for (lemma, form) in [
            ("carry", "carried"),
            ("plan", "planned"),
            ("fire", "fired"),
            ("free", "freed"),
            ("kill", "killed"),
            ("visit", "visiting"),
            ("travel", "travelling"),
            ("travel", "traveled"),
            ("lie", "lying"),
            ("flee", "fleeing"),
            ("accuse", "accusing"),
            ("deny", "denies"),
            ("clash", "clashes"),
            ("veto", "vetoes"),
            ("day", "days"),
            ("bomb", "bombed"),
            ("need", "needed"),
            ("tie", "tied"),
            ("gunman", "gunmen"),
            ("settle", "settled"),
        ] {
            assert!(is_regular(lemma, form), "{lemma} {form}");
        }
        for (lemma, form) in [
            ("fir", "fired"),
            ("bury", "burned"),
            ("carrie", "carried"),
            ("abducte", "abducted"),
            ("lorrie", "lorries"),
            ("witnesse", "witnesses"),
            ("denie", "denied"),
            ("bodie", "body"),
            ("witnesse", "witness"),
            ("strike", "struck"),
            ("clash", "clashs"),
            ("s", "ss"),
        ] {
            assert!(!is_regular(lemma, form), "{lemma} {form}");
        }
    }
}
