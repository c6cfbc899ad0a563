//! PLOVER's mode and CAMEO's leaf of a speech act, by what is said (`lexicon/speech-codes.tsv`).

use sayso_lexicon::CAMEO;
use sayso_text::TokenRange;

use super::view::View;

/// Mode and code of a statement that the cue codes as `plover` and `cameo`.
///
/// An appeal keeps CAMEO's root 02: the leaves of demands (10) end alike. Where no word of the
/// content says more, a condemnation is `disapprove`, an accusation `allege`.
pub(super) fn of(
    view: &View<'_>,
    plover: Option<&'static str>,
    cameo: Option<&'static str>,
    content: &[TokenRange],
) -> (Option<&'static str>, Option<&'static str>) {
    let (Some(event), Some(code)) = (plover, cameo) else {
        return (None, cameo);
    };
    if event == "ACCUSE" && code != "112" {
        return (Some("disapprove"), cameo);
    }
    let words: Vec<(&str, &str)> = content
        .iter()
        .flat_map(Clone::clone)
        .map(|token| (view.lower(token), view.lemma(token)))
        .collect();
    let codes = &view.context.knowledge.lexicon.speech_codes;
    match codes.of(event, &words) {
        Some(row) => (Some(row.mode), Some(leaf(code, row.cameo))),
        None if event == "ACCUSE" => (Some("allege"), cameo),
        None => (None, cameo),
    }
}

/// The leaf for the root of `code`: 1056 of a demand is 0256 of an appeal.
fn leaf(code: &'static str, found: &'static str) -> &'static str {
    let Some(ending) = code
        .starts_with("02")
        .then(|| found.strip_prefix("10"))
        .flatten()
    else {
        return found;
    };
    CAMEO
        .iter()
        .copied()
        .find(|known| known.strip_prefix("02") == Some(ending))
        .unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::leaf;

    #[test]
    fn appeals_have_the_leaves_of_demands() {
        assert_eq!(leaf("100", "1056"), "1056");
        assert_eq!(leaf("020", "1056"), "0256");
        assert_eq!(leaf("020", "106"), "026");
        assert_eq!(leaf("130", "1384"), "1384");
    }
}
