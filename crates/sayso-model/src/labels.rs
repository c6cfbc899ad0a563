//! `labels.json`: the label sets of the heads, in the order of their columns.

use std::collections::BTreeMap;

use sayso_text::{NameKind, Rel, Upos, Xpos};
use serde::Deserialize;

use crate::bio::Bio;
use crate::error::ModelError;
use crate::lemma::LemmaScript;

/// The version of model folder that this program reads.
pub const VERSION: &str = "en-1";

/// The label sets of one model.
#[derive(Clone, Debug)]
pub struct Labels {
    /// Version of the folder, as `labels.json` states it, such as `en-1`.
    pub version: String,
    /// Positions the network has: the most pieces a window can hold, its two ends included.
    pub pieces_max: usize,
    /// Pieces a window should hold at most, its two ends included.
    pub window_pieces: usize,
    /// Parts of speech.
    pub upos: Vec<Upos>,
    /// Penn tags; those of punctuation are all `PUNCT`.
    pub xpos: Vec<Xpos>,
    /// Relations.
    pub rel: Vec<Rel>,
    /// Entity types of noun phrases; `""` for none.
    pub etype: Vec<&'static str>,
    /// SHA-256 of the other files of the folder, by their names.
    pub(crate) sha256: BTreeMap<String, String>,
    pub(crate) lemma: Vec<LemmaScript>,
    pub(crate) ner: Bio<NameKind>,
}

#[derive(Deserialize)]
struct File {
    version: String,
    #[serde(default)]
    sha256: BTreeMap<String, String>,
    pieces_max: usize,
    window_pieces: Option<usize>,
    cases: Vec<String>,
    upos: Vec<String>,
    xpos: Vec<String>,
    lemma: Vec<String>,
    rel: Vec<String>,
    ner: Vec<String>,
    etype: Vec<String>,
    role: Vec<String>,
}

/// Windows of the training data held this many pieces.
const WINDOW_PIECES: usize = 192;

impl Labels {
    /// Reads `labels.json`.
    ///
    /// # Errors
    /// [`ModelError::Version`] for a folder of another version; [`ModelError::Labels`] with what
    /// is wrong.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        // The version comes first: a folder of another version may have other fields.
        #[derive(Deserialize)]
        struct Head {
            version: String,
        }
        let wrong = |reason: String| ModelError::Labels { reason };
        let head: Head = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
        if head.version != VERSION && !head.version.starts_with(&format!("{VERSION}.")) {
            return Err(ModelError::Version {
                found: head.version,
            });
        }
        let file: File = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
        if file.cases != crate::case::NAMES {
            return Err(wrong(format!("`cases` must be {:?}", crate::case::NAMES)));
        }
        if file.role != ["O", "B", "I"] {
            return Err(wrong("`role` must be [\"O\", \"B\", \"I\"]".to_owned()));
        }
        let window_pieces = file.window_pieces.unwrap_or(WINDOW_PIECES);
        if window_pieces < 16 || window_pieces > file.pieces_max {
            return Err(wrong(format!(
                "`window_pieces` is {window_pieces}: it must lie between 16 and `pieces_max`, {}",
                file.pieces_max
            )));
        }
        let lemma = file
            .lemma
            .iter()
            .map(|s| {
                LemmaScript::parse(s).ok_or_else(|| wrong(format!("`{s}` is no lemma script")))
            })
            .collect::<Result<_, _>>()?;
        let etype = file
            .etype
            .iter()
            .map(|t| entity_type(t).ok_or_else(|| wrong(format!("`{t}` is no entity type"))))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            version: file.version,
            sha256: file.sha256,
            pieces_max: file.pieces_max,
            window_pieces,
            upos: file.upos.iter().map(|t| Upos::parse(t)).collect(),
            xpos: file.xpos.iter().map(|t| penn(t)).collect(),
            rel: file.rel.iter().map(|t| Rel::parse(t)).collect(),
            etype,
            lemma,
            ner: Bio::parse(&file.ner, NameKind::parse).map_err(wrong)?,
        })
    }
}

/// The tag as [`Xpos`] has it: punctuation tags are one, the currency sign is a symbol.
fn penn(tag: &str) -> Xpos {
    match tag {
        "``" | "''" | "," | "." | ":" | "-LRB-" | "-RRB-" | "HYPH" | "NFP" => Xpos::Punct,
        "$" | "#" => Xpos::SYM,
        _ => Xpos::parse(tag),
    }
}

/// Entity types of GUM; `O` is none.
fn entity_type(label: &str) -> Option<&'static str> {
    const TYPES: [&str; 10] = [
        "abstract",
        "animal",
        "event",
        "object",
        "organization",
        "person",
        "place",
        "plant",
        "substance",
        "time",
    ];
    if label == "O" {
        return Some("");
    }
    TYPES.into_iter().find(|t| *t == label)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A small label file with two or three labels of each kind.
    pub(crate) const SMALL: &str = r#"{"version": "en-1", "pieces_max": 64, "window_pieces": 32,
        "cases": ["none", "lower", "title", "upper", "mixed", "single"],
        "upos": ["NOUN", "VERB", "PUNCT"], "xpos": ["NN", "VBD", "."], "lemma": ["l-0+", "=be"],
        "rel": ["root", "nsubj", "punct"], "ner": ["O", "B-GPE", "I-GPE"],
        "etype": ["O", "person"], "role": ["O", "B", "I"]}"#;

    #[test]
    fn reads_a_label_file() {
        let labels = Labels::parse(SMALL).unwrap();
        assert_eq!(labels.xpos, [Xpos::NN, Xpos::VBD, Xpos::Punct]);
        assert_eq!(labels.etype, ["", "person"]);
    }

    #[test]
    fn says_what_is_wrong() {
        for (from, to, said) in [
            ("en-1", "en-2", "`en-2`"),
            ("\"l-0+\"", "\"x-0+\"", "`x-0+`"),
            ("\"title\"", "\"heading\"", "`cases`"),
            ("\"window_pieces\": 32", "\"window_pieces\": 99", "99"),
            ("\"B-GPE\", ", "", "I-GPE"),
            ("\"person\"", "\"ghost\"", "`ghost`"),
            ("{", "", "labels.json"),
        ] {
            let error = Labels::parse(&SMALL.replacen(from, to, 1)).unwrap_err();
            assert!(error.to_string().contains(said), "{error}");
        }
    }
}
