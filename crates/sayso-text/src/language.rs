//! Which language a text is in.

use crate::Span;
use crate::token::primary;

/// English words that news text is full of and that no other large language spells so.
const ENGLISH: &[&str] = &[
    "and", "are", "been", "but", "by", "for", "from", "has", "have", "he", "it", "of", "said",
    "that", "the", "their", "they", "this", "to", "was", "were", "which", "who", "with",
];

/// Share of tokens above which a text is English, whatever names stand in it.
const ENGLISH_SHARE: f64 = 0.12;

/// Longest sample that the trigram model sees, in bytes.
const SAMPLE: usize = 6000;

/// The language of `text` as a BCP 47 tag; `und` when there is too little to tell.
///
/// A well-formed `stated` tag wins. Of several languages in one text, the one with the most text
/// is named.
pub(crate) fn detect(text: &str, tokens: &[Span], stated: Option<&str>) -> String {
    if let Some(tag) = stated.and_then(well_formed) {
        return tag;
    }
    let english = tokens
        .iter()
        .filter(|span| (2..=5).contains(&span.len()) && is_english(span.of(text)))
        .count();
    if english > 0 && english as f64 >= ENGLISH_SHARE * tokens.len() as f64 {
        return "en".to_owned();
    }
    match whatlang::detect(sample(text)) {
        Some(info) if info.is_reliable() || info.script() != whatlang::Script::Latin => {
            tag(info.lang()).to_owned()
        }
        Some(info) if english > 0 || info.lang() == whatlang::Lang::Eng => "en".to_owned(),
        _ => "und".to_owned(),
    }
}

fn is_english(word: &str) -> bool {
    let mut buffer = [0_u8; 5];
    let Some(lower) = buffer.get_mut(..word.len()) else {
        return false;
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let lower: &[u8] = lower;
    ENGLISH
        .binary_search_by(|form| form.as_bytes().cmp(lower))
        .is_ok()
}

/// The tag with its language part in lower case, if it is one: `EN_us` gives `en-us`.
pub(crate) fn well_formed(stated: &str) -> Option<String> {
    let tag = stated.trim().replace('_', "-").to_ascii_lowercase();
    let language = primary(&tag);
    let parts_fit = tag.split('-').all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let known = (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && !matches!(language, "und" | "mul" | "zxx" | "mis");
    (parts_fit && known).then_some(tag)
}

/// The middle of a long text: heads and tails hold credits and links.
fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let mut start = (text.len() - SAMPLE) / 2;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = start + SAMPLE.min(text.len() - start);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[start..end]
}

/// The two-letter code where there is one, else the three-letter one.
fn tag(language: whatlang::Lang) -> &'static str {
    use whatlang::Lang as L;
    match language {
        L::Epo => "eo",
        L::Eng => "en",
        L::Rus => "ru",
        L::Cmn => "zh",
        L::Spa => "es",
        L::Por => "pt",
        L::Ita => "it",
        L::Ben => "bn",
        L::Fra => "fr",
        L::Deu => "de",
        L::Ukr => "uk",
        L::Kat => "ka",
        L::Ara => "ar",
        L::Hin => "hi",
        L::Jpn => "ja",
        L::Heb => "he",
        L::Yid => "yi",
        L::Pol => "pl",
        L::Amh => "am",
        L::Jav => "jv",
        L::Kor => "ko",
        L::Nob => "nb",
        L::Dan => "da",
        L::Swe => "sv",
        L::Fin => "fi",
        L::Tur => "tr",
        L::Nld => "nl",
        L::Hun => "hu",
        L::Ces => "cs",
        L::Ell => "el",
        L::Bul => "bg",
        L::Bel => "be",
        L::Mar => "mr",
        L::Kan => "kn",
        L::Ron => "ro",
        L::Slv => "sl",
        L::Hrv => "hr",
        L::Srp => "sr",
        L::Mkd => "mk",
        L::Lit => "lt",
        L::Lav => "lv",
        L::Est => "et",
        L::Tam => "ta",
        L::Vie => "vi",
        L::Urd => "ur",
        L::Tha => "th",
        L::Guj => "gu",
        L::Uzb => "uz",
        L::Pan => "pa",
        L::Aze => "az",
        L::Ind => "id",
        L::Tel => "te",
        L::Pes => "fa",
        L::Mal => "ml",
        L::Ori => "or",
        L::Mya => "my",
        L::Nep => "ne",
        L::Sin => "si",
        L::Khm => "km",
        L::Tuk => "tk",
        L::Aka => "ak",
        L::Zul => "zu",
        L::Sna => "sn",
        L::Afr => "af",
        L::Lat => "la",
        L::Slk => "sk",
        L::Cat => "ca",
        L::Tgl => "tl",
        L::Hye => "hy",
        L::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    fn found(text: &str, stated: Option<&str>) -> String {
        detect(text, &tokenize(text, "und"), stated)
    }

    #[test]
    fn finds_the_main_language() {
        assert!(ENGLISH.is_sorted());
        let english = "The governor of Tessalit said that the road to the mines was closed.";
        assert_eq!(found(english, None), "en");
        assert_eq!(found(&english.to_uppercase(), None), "en");
        assert_eq!(
            found(
                "Le gouverneur a déclaré que la route vers les mines était fermée hier.",
                None
            ),
            "fr"
        );
        assert_eq!(
            found("قال المحافظ إن الطريق إلى المناجم مغلق منذ أمس.", None),
            "ar"
        );
        let mixed = format!("قال المحافظ {english} {english}");
        assert_eq!(found(&mixed, None), "en");
        assert_eq!(found("", None), "und");
        assert_eq!(found("1234", None), "und");
    }

    #[test]
    fn a_stated_language_wins_if_it_is_one() {
        assert_eq!(found("The road was closed by the army.", Some("fr")), "fr");
        assert_eq!(
            found("The road was closed by the army.", Some("en_GB")),
            "en-gb"
        );
        assert_eq!(found("The road was closed by the army.", Some("?")), "en");
        assert_eq!(found("The road was closed by the army.", Some("und")), "en");
    }
}
