//! `cues.tsv`: the words that credit somebody with saying something, or say that nobody has.

use crate::{LexiconError, Table};

/// Where, in the syntax around a cue, the content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frame {
    /// A clause: "said (that) …", "…, he said", a quote.
    Clause,
    /// A quote only: the bare verb with a clause means something else.
    Quote,
    /// The object: "denied any part in it".
    Obj,
    /// An infinitive of the speaker's own doing: "threatened to …".
    Inf,
    /// An infinitive of the addressee's doing: "urged the army to …".
    ToInf,
    /// What the preposition that ends the cue governs: "called for …".
    Prep,
    /// Whom and of what: "accused the army of …".
    ObjOf,
    /// Whom and for what: "blamed the army for …".
    ObjFor,
    /// Whom and in what: "implicated two officers in …".
    ObjIn,
    /// What and to whom: "attributed the raid to …".
    ObjTo,
    /// What and on whom: "pinned the raid on …".
    ObjOn,
    /// What and at how much: "put the toll at …".
    ObjAt,
    /// Whom and as what: "described the raid as …".
    As,
    /// As what, and without the `as` phrase no statement.
    AsOnly,
    /// Whom and, without `as`, what: "dubbed them bandits".
    AsObj,
    /// Passive: "is believed to …", "was said to …", "it is thought that …".
    Pass,
    /// Passive: "is suspected of …".
    PassOf,
    /// The last words of the cue and what depends on them: "claimed *responsibility for …*".
    Rest,
    /// With an addressee: "warned the army of …".
    WithOf,
    /// With an addressee: "warned the army against …".
    Against,
    /// "threatened the town with …".
    With,
    /// After "of" (nouns: "claims of …").
    Of,
    /// After "for" (nouns: "a call for …").
    For,
    /// After "on", "about", "over".
    About,
    /// Who is silent: "no comment from …".
    From,
    /// No content beside the cue itself: "unavailable for comment".
    Own,
}

impl Frame {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "clause" => Self::Clause,
            "quote" => Self::Quote,
            "obj" => Self::Obj,
            "inf" => Self::Inf,
            "to-inf" => Self::ToInf,
            "prep" => Self::Prep,
            "obj-of" => Self::ObjOf,
            "obj-for" => Self::ObjFor,
            "obj-in" => Self::ObjIn,
            "obj-to" => Self::ObjTo,
            "obj-on" => Self::ObjOn,
            "obj-at" => Self::ObjAt,
            "as" => Self::As,
            "as-only" => Self::AsOnly,
            "as-obj" => Self::AsObj,
            "pass" => Self::Pass,
            "pass-of" => Self::PassOf,
            "rest" => Self::Rest,
            "with-of" => Self::WithOf,
            "against" => Self::Against,
            "with" => Self::With,
            "of" => Self::Of,
            "for" => Self::For,
            "about" | "over" | "on" => Self::About,
            "from" => Self::From,
            "own" => Self::Own,
            _ => return None,
        })
    }
}

/// What kind of word a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueKind {
    /// "said", "called for".
    Verb,
    /// "a claim that", "reports of".
    Noun,
    /// "allegedly".
    Adverb,
    /// "according to".
    Preposition,
    /// "no confirmed reports of", "declined to".
    Silence,
}

/// One word of a cue's pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CueWord {
    /// One of these, as lemma or in lower case as it stands.
    Any(Vec<String>),
    /// One of these, or nothing.
    Maybe(Vec<String>),
    /// Up to four words.
    Gap,
}

/// One line of `cues.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The first column, which names the cue in `why`.
    pub name: String,
    /// The pattern of the first column.
    pub words: Vec<CueWord>,
    /// Kind of word.
    pub kind: CueKind,
    /// Where the content may stand, in order of preference as written.
    pub frames: Vec<Frame>,
    /// One of the schema's acts, such as `report`.
    pub act: String,
    /// `certain`, `probable` or `possible`: how far the speaker goes by this word alone.
    pub certainty: String,
    /// PLOVER event of the speech act.
    pub plover: Option<&'static str>,
    /// CAMEO code of the speech act.
    pub cameo: Option<&'static str>,
    /// An invented sentence in which the cue makes a statement of this act.
    pub example: String,
}

impl Cue {
    /// Whether the content may stand as `frame` says.
    pub fn takes(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

/// Acts that a line may name.
const ACTS: [&str; 12] = [
    "report",
    "confirm",
    "deny",
    "accuse",
    "condemn",
    "threaten",
    "claim-responsibility",
    "demand",
    "pledge",
    "doubt",
    "estimate",
    "silence",
];

/// PLOVER events and CAMEO codes of speech acts (CAMEO manual 1.1b3, PLOVER manual). PLOVER has no
/// event for comments, claims of responsibility and denials, which CAMEO counts as statements (01).
const CODES: [(&str, Option<&str>, &str); 13] = [
    ("-:011", None, "011"),
    ("-:015", None, "015"),
    ("-:016", None, "016"),
    ("ACCUSE:111", Some("ACCUSE"), "111"),
    ("ACCUSE:112", Some("ACCUSE"), "112"),
    ("ACCUSE:114", Some("ACCUSE"), "114"),
    ("AGREE:030", Some("AGREE"), "030"),
    ("CONCEDE:055", Some("CONCEDE"), "055"),
    ("REJECT:12", Some("REJECT"), "120"),
    ("REQUEST:02", Some("REQUEST"), "020"),
    ("REQUEST:10", Some("REQUEST"), "100"),
    ("THREATEN:130", Some("THREATEN"), "130"),
    ("THREATEN:139", Some("THREATEN"), "139"),
];

/// All cues, sorted as in the file.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    all: Vec<Cue>,
    /// First words (lemmas) with the cues that may start there, sorted.
    starts: Vec<(String, Vec<usize>)>,
}

impl Cues {
    /// Parses `lexicon/cues.tsv`.
    ///
    /// # Errors
    /// An unknown kind, frame, act, certainty or code, a cue without words or example.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("cues.tsv", text)?;
        let mut all = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let error = |value: &str, allowed: &str| LexiconError {
                file: table.file.to_owned(),
                line: row.line,
                value: value.to_owned(),
                allowed: allowed.to_owned(),
            };
            let kind = match row.get(1) {
                "verb" => CueKind::Verb,
                "noun" => CueKind::Noun,
                "adverb" => CueKind::Adverb,
                "preposition" => CueKind::Preposition,
                "silence" => CueKind::Silence,
                other => {
                    return Err(error(other, "verb, noun, adverb, preposition or silence"));
                }
            };
            let frames = row
                .get(2)
                .split(',')
                .map(|name| Frame::parse(name).ok_or_else(|| error(name, "the name of a frame")))
                .collect::<Result<Vec<_>, _>>()?;
            if !ACTS.contains(&row.get(3)) {
                return Err(error(row.get(3), &ACTS.join(", ")));
            }
            if !["certain", "probable", "possible"].contains(&row.get(4)) {
                return Err(error(row.get(4), "certain, probable or possible"));
            }
            // An estimate is probable at most, and what is doubted is possible (FactBank).
            match (row.get(3), row.get(4)) {
                ("estimate", "certain") => return Err(error("certain", "probable or possible")),
                ("doubt", "certain" | "probable") => return Err(error(row.get(4), "possible")),
                _ => {}
            }
            let codes = match row.get(5) {
                "-" => None,
                code => Some(
                    CODES
                        .iter()
                        .find(|(name, _, _)| *name == code)
                        .ok_or_else(|| error(code, "`-` or a PLOVER event and a CAMEO code"))?,
                ),
            };
            let words = pattern(row.get(0));
            if !matches!(words.first(), Some(CueWord::Any(_))) {
                return Err(error(row.get(0), "a cue that starts with a fixed word"));
            }
            if row.get(6).is_empty() {
                return Err(error("", "an example"));
            }
            all.push(Cue {
                name: row.get(0).to_owned(),
                words,
                kind,
                frames,
                act: row.get(3).to_owned(),
                certainty: row.get(4).to_owned(),
                plover: codes.and_then(|c| c.1),
                cameo: codes.map(|c| c.2),
                example: row.get(6).to_owned(),
            });
        }
        Ok(Self {
            starts: starts(&all),
            all,
        })
    }

    /// Every cue.
    pub fn all(&self) -> &[Cue] {
        &self.all
    }

    /// These cues without the line of `kind` and `name`, for a test that asks what it is good for.
    #[must_use]
    pub fn without(&self, kind: CueKind, name: &str) -> Self {
        let all: Vec<Cue> = self
            .all
            .iter()
            .filter(|cue| cue.kind != kind || cue.name != name)
            .cloned()
            .collect();
        Self {
            starts: starts(&all),
            all,
        }
    }

    /// The cues whose first word may be `word` (a lemma or a word in lower case), those with
    /// more words first.
    pub fn starting_with(&self, word: &str) -> impl Iterator<Item = &Cue> {
        self.starts
            .binary_search_by(|(start, _)| start.as_str().cmp(word))
            .map(|at| self.starts[at].1.as_slice())
            .unwrap_or_default()
            .iter()
            .filter_map(|&i| self.all.get(i))
    }
}

/// Reads `a|b c? _ d`.
fn pattern(text: &str) -> Vec<CueWord> {
    text.split_whitespace()
        .map(|word| {
            let alternatives = |w: &str| w.split('|').map(str::to_owned).collect();
            match word.strip_suffix('?') {
                _ if word == "_" => CueWord::Gap,
                Some(maybe) => CueWord::Maybe(alternatives(maybe)),
                None => CueWord::Any(alternatives(word)),
            }
        })
        .collect()
}

/// Indexes the cues by their first word, longer patterns first.
fn starts(all: &[Cue]) -> Vec<(String, Vec<usize>)> {
    let mut pairs: Vec<(&str, usize)> = Vec::new();
    for (i, cue) in all.iter().enumerate() {
        if let Some(CueWord::Any(words)) = cue.words.first() {
            pairs.extend(words.iter().map(|w| (w.as_str(), i)));
        }
    }
    pairs.sort_by(|a, b| {
        a.0.cmp(b.0)
            .then(all[b.1].words.len().cmp(&all[a.1].words.len()))
            .then(a.1.cmp(&b.1))
    });
    let mut found: Vec<(String, Vec<usize>)> = Vec::new();
    for (word, cue) in pairs {
        match found.last_mut() {
            Some((last, cues)) if last == word => cues.push(cue),
            _ => found.push((word.to_owned(), vec![cue])),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    const HEAD: &str = "# origin: own\n# licence: Apache-2.0\n# keys: repeat\n\
                        # columns: cue\tkind\tframes\tact\tcertainty\tcodes\texample\n";

    #[test]
    fn reads_patterns_and_codes() {
        let line = "call _ for|on? now\tverb\tprep,clause\tdemand\tcertain\tREQUEST:02\tx";
        let cues = Cues::parse(&format!("{HEAD}{line}\n")).unwrap();
        let cue = cues.starting_with("call").next().unwrap();
        assert_eq!(cue.words.len(), 4);
        assert_eq!(cue.words[1], CueWord::Gap);
        assert!(matches!(&cue.words[2], CueWord::Maybe(w) if w.len() == 2));
        assert_eq!((cue.plover, cue.cameo), (Some("REQUEST"), Some("020")));
        assert!(cues.starting_with("nothing").next().is_none());
    }

    #[test]
    fn a_line_is_left_out_by_kind_and_name() {
        let lines = "claim\tnoun\tclause\treport\tprobable\t-\tx\nclaim\tverb\tclause\treport\tprobable\t-\tx";
        let cues = Cues::parse(&format!("{HEAD}{lines}\n")).unwrap();
        let rest = cues.without(CueKind::Verb, "claim");
        let kinds: Vec<CueKind> = rest.starting_with("claim").map(|c| c.kind).collect();
        assert_eq!(kinds, [CueKind::Noun]);
    }

    #[test]
    fn names_what_is_not_allowed() {
        // The last one is an estimate, which nobody is certain of.
        for (column, value) in [
            (1, "adjective"),
            (2, "object"),
            (3, "tell"),
            (5, "X:1"),
            (4, "certain"),
        ] {
            let mut fields = ["say", "verb", "clause", "report", "certain", "-", "x"];
            fields[column] = value;
            if column == 4 {
                fields[3] = "estimate";
            }
            let error = Cues::parse(&format!("{HEAD}{}\n", fields.join("\t"))).unwrap_err();
            assert_eq!((error.line, error.value.as_str()), (5, value));
        }
    }

    #[test]
    fn the_file_has_many_cues_and_every_example_shows_its_cue() {
        let lexicon = Lexicon::builtin().unwrap();
        assert!(lexicon.cues.all().len() >= 250);
        for cue in lexicon.cues.all() {
            // Inflection changes the end of a word, never its first letter.
            let example = cue.example.to_lowercase();
            for word in &cue.words {
                if let CueWord::Any(words) = word {
                    let shown = words.iter().any(|w| {
                        let stem: String = w.chars().take(1).collect();
                        example
                            .split(' ')
                            .any(|e| e.trim_matches('"').starts_with(&stem))
                    });
                    let irregular = ["be", "not", "can", "go"]
                        .iter()
                        .any(|w| words.iter().any(|x| x == w));
                    assert!(shown || irregular, "{}: {}", cue.name, cue.example);
                }
            }
        }
    }
}
