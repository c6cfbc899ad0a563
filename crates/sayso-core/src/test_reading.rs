//! Readings made by hand, for the tests of this crate.
//!
//! A tree is written one token a line, as in CoNLL-U but shorter:
//! `form  lemma  upos  xpos  head  rel  [etype]`, separated by white space, the head counted from 1
//! inside its sentence (0: root); a blank line ends a sentence.

use sayso_lexicon::Lexicon;
use sayso_place::Gazetteer;
use sayso_text::{
    Name, NameKind, Published, Reading, Rel, Report, Role, RoleSpan, Sentence, Span, Token,
    TokenRange, Upos, Xpos,
};

use crate::{Context, Knowledge, Syntax};

/// Makes a reading of `text` with the trees of `lines`.
///
/// Forms are looked up in the text one after the other, so they must stand there in order; a
/// line break between two sentences starts a paragraph.
pub(crate) fn reading(text: &str, lines: &str) -> Reading {
    let mut reading = Reading {
        report: Report::from_text(text),
        language: "en".to_owned(),
        annotated: true,
        sentences: Vec::new(),
        tokens: Vec::new(),
        names: Vec::new(),
        roles: Vec::new(),
        notes: Vec::new(),
    };
    let (mut at, mut paragraph) = (0, 0);
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    for line in lines.lines().map(str::trim) {
        if line.is_empty() {
            blocks.push(Vec::new());
        } else if let Some(block) = blocks.last_mut() {
            block.push(line);
        }
    }
    for block in blocks.iter().filter(|block| !block.is_empty()) {
        let first = reading.tokens.len();
        let before = at;
        for line in block {
            let fields: Vec<&str> = line.split_whitespace().collect();
            assert!(fields.len() >= 6, "six columns: {line}");
            let start = text[at..]
                .find(fields[0])
                .unwrap_or_else(|| panic!("`{}` is not in the rest of the text", fields[0]))
                + at;
            let end = start + fields[0].len();
            at = end;
            let head: usize = fields[4].parse().expect("head is a number");
            reading.tokens.push(Token {
                span: Span::new(start, end),
                upos: Upos::parse(fields[2]),
                xpos: Xpos::parse(fields[3]),
                lemma: fields[1].to_owned(),
                head: head.checked_sub(1).map(|h| first + h),
                rel: Rel::parse(fields[5]),
                etype: fields.get(6).map_or("", |e| etype(e)),
            });
        }
        let tokens = first..reading.tokens.len();
        let span = reading.span(&tokens);
        if before > 0 && text[before..span.start()].contains('\n') {
            paragraph += 1;
        }
        reading.sentences.push(Sentence {
            span,
            tokens,
            paragraph,
        });
    }
    reading
}

/// The entity type as the model would give it.
fn etype(name: &str) -> &'static str {
    const ALL: [&str; 10] = [
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
    ALL.into_iter()
        .find(|e| *e == name)
        .expect("a GUM entity type")
}

/// The tokens of the first occurrence of `words` in the text.
pub(crate) fn tokens_of(reading: &Reading, words: &str) -> TokenRange {
    reading.tokens_in(span_of(reading, words))
}

/// The span of the first occurrence of `words` in the text.
pub(crate) fn span_of(reading: &Reading, words: &str) -> Span {
    let start = reading
        .text()
        .find(words)
        .unwrap_or_else(|| panic!("`{words}` is not in the text"));
    Span::new(start, start + words.len())
}

/// Adds a named entity.
pub(crate) fn add_name(reading: &mut Reading, words: &str, kind: NameKind) {
    let tokens = tokens_of(reading, words);
    reading.names.push(Name {
        tokens,
        kind,
        score: 0.9,
    });
    reading.names.sort_by_key(|n| n.tokens.start);
}

/// Adds a part of an attribution and gives its number, for `link` of its other parts.
pub(crate) fn add_role(
    reading: &mut Reading,
    words: &str,
    role: Role,
    link: Option<usize>,
) -> usize {
    let tokens = tokens_of(reading, words);
    reading.roles.push(RoleSpan {
        tokens,
        role,
        link,
        score: 0.9,
    });
    reading.roles.len() - 1
}

/// Sets the day of publication.
pub(crate) fn published(mut reading: Reading, day: &str) -> Reading {
    reading.report.published = Some(Published::parse(day).expect("a day"));
    reading
}

/// Runs `body` with a context on `reading` and the built-in lexicon.
pub(crate) fn with_context<T>(
    reading: &Reading,
    gazetteer: &Gazetteer,
    body: impl FnOnce(&Context<'_>) -> T,
) -> T {
    let lexicon = Lexicon::builtin().expect("the lexicon parses");
    let syntax = Syntax::of(reading);
    let knowledge = Knowledge {
        lexicon: &lexicon,
        gazetteer,
        registry: &sayso_registry::Registry::default(),
        rules: crate::Rules::all(),
    };
    body(&Context {
        reading,
        syntax: &syntax,
        knowledge: &knowledge,
    })
}

#[test]
fn builds_sentences_tokens_and_paragraphs() {
    let reading = reading(
        "The army left Ordu. \nIt denied this.",
        "The the DET DT 2 det
         army army NOUN NN 3 nsubj organization
         left leave VERB VBD 0 root
         Ordu Ordu PROPN NNP 3 obj place
         . . PUNCT . 3 punct

         It it PRON PRP 2 nsubj
         denied deny VERB VBD 0 root
         this this PRON DT 2 obj
         . . PUNCT . 2 punct",
    );
    assert_eq!(reading.sentences.len(), 2);
    assert_eq!(reading.sentences[1].paragraph, 1);
    assert_eq!(reading.word(6), "denied");
    assert_eq!(reading.tokens[5].head, Some(6));
    assert_eq!(reading.tokens[1].etype, "organization");
    assert_eq!(tokens_of(&reading, "army left"), 1..3);
}
