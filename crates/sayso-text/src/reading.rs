//! A report as the model has read it.

use crate::{NameKind, Rel, Report, Role, Span, Upos, Xpos};

/// A range `[start, end)` of token numbers of one reading.
pub type TokenRange = std::ops::Range<usize>;

/// A report with its sentences, tokens and the model's annotations.
///
/// Invariants: sentences and tokens are in text order and do not overlap; every token lies in
/// exactly one sentence; heads point inside the same sentence; there is one root a sentence.
/// Where `annotated` is false (another language, no model), tokens carry only spans: part of
/// speech `X`, every token its own root.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The report itself.
    pub report: Report,
    /// Language found or stated, a BCP 47 tag such as `en`; `und` when there is too little text.
    pub language: String,
    /// Whether the model has annotated the tokens.
    pub annotated: bool,
    /// Sentences in text order.
    pub sentences: Vec<Sentence>,
    /// Tokens in text order.
    pub tokens: Vec<Token>,
    /// Named entities in text order, not overlapping.
    pub names: Vec<Name>,
    /// Parts of attributions as the model sees them; those of different roles may overlap.
    pub roles: Vec<RoleSpan>,
    /// What went wrong or is worth knowing.
    pub notes: Vec<Note>,
}

impl Reading {
    /// The text that all spans index.
    pub fn text(&self) -> &str {
        &self.report.text
    }

    /// The characters of `span`.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.report.text)
    }

    /// The span from the first to the last token of `range`; empty for an empty range.
    pub fn span(&self, range: &TokenRange) -> Span {
        match (
            self.tokens.get(range.start),
            range.end.checked_sub(1).and_then(|i| self.tokens.get(i)),
        ) {
            (Some(first), Some(last)) if range.start < range.end => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// The token's characters.
    pub fn word(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |t| self.slice(t.span))
    }

    /// Tokens whose first byte lies in `span`.
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        let start = self
            .tokens
            .partition_point(|t| t.span.start() < span.start());
        let end = self.tokens.partition_point(|t| t.span.start() < span.end());
        start..end.max(start)
    }

    /// The sentence that holds `token`.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|s| s.tokens.end <= token)
            .min(self.sentences.len().saturating_sub(1))
    }
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Without white space at the ends.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// Number of the paragraph it stands in, from 0.
    pub paragraph: usize,
}

/// One token (a word in UD's sense) with what the model says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its characters.
    pub span: Span,
    /// Part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Dictionary form, lower case except for names.
    pub lemma: String,
    /// The token it depends on; `None` for the sentence's root.
    pub head: Option<usize>,
    /// How it depends on its head.
    pub rel: Rel,
    /// GUM entity type (`person`, `organization`, `place`, `event`, `abstract`, …) where the
    /// token heads a noun phrase; `""` otherwise.
    pub etype: &'static str,
}

impl Token {
    /// A token that no model has seen.
    pub fn bare(span: Span) -> Self {
        Self {
            span,
            upos: Upos::X,
            xpos: Xpos::Other,
            lemma: String::new(),
            head: None,
            rel: Rel::Root,
            etype: "",
        }
    }
}

/// A named entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its tokens.
    pub tokens: TokenRange,
    /// OntoNotes type.
    pub kind: NameKind,
    /// Mean probability of its labels, 0 to 1.
    pub score: f32,
}

/// One part of an attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleSpan {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Source, cue or content.
    pub role: Role,
    /// For a source or content: number, in [`Reading::roles`], of the cue (or, without a cue, of
    /// the source) it belongs to.
    pub link: Option<usize>,
    /// Mean probability of its labels, 0 to 1.
    pub score: f32,
}

/// Something a reader of the sheet should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind of thing it is.
    pub code: NoteCode,
    /// The characters it is about, if any.
    pub span: Option<Span>,
    /// A whole sentence for a person.
    pub message: String,
}

impl Note {
    /// The note of a report of which the input holds only a summary.
    pub fn summary_only() -> Self {
        Self {
            code: NoteCode::SummaryOnly,
            span: None,
            message: "The feed holds only a summary of what the outlet published.".to_owned(),
        }
    }
}

/// Kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NoteCode {
    /// The model does not read this language.
    LanguageNotRead,
    /// A time could not be placed on the calendar.
    UnresolvedTime,
    /// No publication date: relative times stay unresolved.
    NoPublicationDate,
    /// The text dates itself otherwise than its publication is given.
    DatelineDiffers,
    /// Bytes that are no text in the encoding were replaced.
    ReplacedBytes,
    /// A page had no article that could be told from its surroundings.
    NoArticle,
    /// The input holds only a summary of what the outlet published.
    SummaryOnly,
    /// A body said to be silent stands beside a statement by it or a body like it.
    SilenceBesideStatement,
    /// A sentence was longer than the model reads at once.
    LongSentence,
    /// Characters that hide or reverse text.
    HiddenCharacters,
    /// A word of letters that look alike and are of different scripts.
    MixedScripts,
    /// The report has no text.
    Empty,
    /// The model failed on the text.
    ModelFailed,
}

impl NoteCode {
    /// What is noted while a report's bytes are read, before anything is made of its text.
    pub const OF_READERS: [Self; 3] = [Self::ReplacedBytes, Self::NoArticle, Self::SummaryOnly];

    /// The code as the JSON prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LanguageNotRead => "language-not-read",
            Self::UnresolvedTime => "unresolved-time",
            Self::NoPublicationDate => "no-publication-date",
            Self::DatelineDiffers => "dateline-differs",
            Self::ReplacedBytes => "replaced-bytes",
            Self::NoArticle => "no-article",
            Self::SummaryOnly => "summary-only",
            Self::SilenceBesideStatement => "silence-beside-statement",
            Self::LongSentence => "long-sentence",
            Self::HiddenCharacters => "hidden-characters",
            Self::MixedScripts => "mixed-scripts",
            Self::Empty => "empty-report",
            Self::ModelFailed => "model-failed",
        }
    }
}
