//! The reader: weights, vocabulary and labels together, from a bare reading to an annotated one.

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use sayso_text::{Note, NoteCode, Reading, Token, TokenRange};
use sha2::{Digest as _, Sha256};

use crate::case::CaseClass;
use crate::dateline;
use crate::decode::Decoder;
use crate::encoder::{Encoder, Scores, WindowInput};
use crate::error::ModelError;
use crate::labels::Labels;
use crate::pieces::{Cutter, Piece, WordPieces};
use crate::window::{Limits, Window, plan};

/// Name of the weights in a model folder.
pub(crate) const WEIGHTS_FILE: &str = "sayso-en.onnx";

/// Name of the vocabulary there.
const VOCABULARY_FILE: &str = "vocab.txt";

/// Pieces of one word that are read at most; longer words are addresses and the like.
const LONGEST_WORD: usize = 48;

/// A loaded model.
///
/// It may be shared among any number of threads: each call of [`Reader::annotate`] runs on one
/// thread of its own and the answer does not depend on what else is being read.
#[derive(Debug)]
pub struct Reader {
    encoder: Encoder,
    pieces: WordPieces,
    labels: Labels,
}

/// Whether a file of the folder has the SHA-256 that `labels.json` states: a changed number among the
/// weights gives other sheets and no error anywhere, and a changed size of a layer can keep the
/// runtime busy without end.
fn is_whole(labels: &Labels, name: &'static str, bytes: &[u8]) -> Result<(), ModelError> {
    let wanted = labels.sha256.get(name);
    let wanted = wanted.ok_or_else(|| ModelError::Labels {
        reason: format!("`sha256` does not state that of {name}"),
    })?;
    let found = Sha256::digest(bytes);
    let found = found.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    if found == *wanted {
        Ok(())
    } else {
        Err(ModelError::Damaged { name })
    }
}

/// What it took to run one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// How many word pieces were run, the ends of windows included.
    pub pieces: usize,
    /// How many windows were run.
    pub windows: usize,
}

impl Reader {
    /// Loads a model folder: `sayso-en.onnx`, `vocab.txt` and `labels.json`.
    ///
    /// # Errors
    /// A [`ModelError`] that names the file or what does not fit.
    pub fn open(folder: &Path) -> Result<Self, ModelError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|source| ModelError::File { path, source })
        };
        let text = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).map_err(|source| ModelError::File { path, source })
        };
        // The label file first: it says whether the folder is one of this program's at all.
        let labels = text("labels.json")?;
        Labels::parse(&labels)?;
        let vocabulary = text(VOCABULARY_FILE)?;
        Self::from_bytes(read(WEIGHTS_FILE)?, &vocabulary, &labels)
    }

    /// Loads the three files of a model folder that were read already.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn from_bytes(onnx: Vec<u8>, vocabulary: &str, labels: &str) -> Result<Self, ModelError> {
        let labels = Labels::parse(labels)?;
        is_whole(&labels, VOCABULARY_FILE, vocabulary.as_bytes())?;
        is_whole(&labels, WEIGHTS_FILE, &onnx)?;
        let pieces = WordPieces::parse(vocabulary)?;
        Self::of(Encoder::load(onnx)?, pieces, labels)
    }

    /// Loads a model that is part of the program.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn from_static(
        onnx: &'static [u8],
        vocabulary: &str,
        labels: &str,
    ) -> Result<Self, ModelError> {
        let labels = Labels::parse(labels)?;
        let pieces = WordPieces::parse(vocabulary)?;
        Self::of(Encoder::load_static(onnx)?, pieces, labels)
    }

    fn of(encoder: Encoder, pieces: WordPieces, labels: Labels) -> Result<Self, ModelError> {
        let reader = Self {
            encoder,
            pieces,
            labels,
        };
        reader.check()?;
        Ok(reader)
    }

    /// Runs the smallest window, so that files that do not fit are found at loading.
    fn check(&self) -> Result<(), ModelError> {
        let [start, unknown, end] = [
            self.pieces.start_id(),
            self.pieces.unknown_id(),
            self.pieces.end_id(),
        ]
        .map(u32::cast_signed);
        let scores = self.encoder.run(&WindowInput {
            pieces: vec![start, unknown, end],
            cases: vec![0; 3],
            first: vec![1],
            last: vec![1],
            sentence: vec![0],
        })?;
        let labels = &self.labels;
        for (output, columns, wanted) in [
            ("upos", scores.upos.columns(), labels.upos.len()),
            ("xpos", scores.xpos.columns(), labels.xpos.len()),
            ("lemma", scores.lemma.columns(), labels.lemma.len()),
            ("etype", scores.etype.columns(), labels.etype.len()),
            ("rel", scores.rel.columns(), labels.rel.len()),
            ("ner", scores.ner.columns(), labels.ner.len()),
            ("source", scores.source.columns(), 3),
            ("cue", scores.cue.columns(), 3),
            ("content", scores.content.columns(), 3),
            ("arc", scores.arc.columns(), 2),
            ("link", scores.link.columns(), 2),
        ] {
            if columns != wanted {
                return Err(ModelError::Mismatch {
                    reason: format!("output `{output}` has {columns} columns, not {wanted}"),
                });
            }
        }
        Ok(())
    }

    /// The label sets.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The vocabulary.
    pub fn word_pieces(&self) -> &WordPieces {
        &self.pieces
    }

    /// Annotates a reading.
    ///
    /// A reading without tokens or in a language other than English comes back as it was, with
    /// a note. So does one on which the network fails, which no text is known to bring about.
    pub fn annotate(&self, reading: Reading) -> Reading {
        self.annotate_on(reading, NonZeroUsize::MIN)
    }

    /// As [`Reader::annotate`], with the windows of the one report shared among `threads`.
    ///
    /// For a single report that somebody waits for; where there are many, one a thread is faster.
    /// The answer does not depend on the number.
    pub fn annotate_on(&self, mut reading: Reading, threads: NonZeroUsize) -> Reading {
        if reading.tokens.is_empty() {
            note_once(&mut reading, NoteCode::Empty, "the report has no text");
            return reading;
        }
        if !reads(&reading) {
            let message = format!(
                "the text is in the language `{}`; the model reads English, so nothing was coded \
                 from its sentences",
                reading.language
            );
            note_once(&mut reading, NoteCode::LanguageNotRead, &message);
            return reading;
        }
        let plan = self.plan(&reading);
        note_long_sentences(&mut reading, &plan.windows);
        let mut decoder = Decoder::new(&reading, &self.labels, &self.pieces);
        // As many windows at a time as keep the threads busy, so that memory does not grow with
        // the report.
        for batch in plan.windows.chunks(threads.get().saturating_mul(4)) {
            match self.run_all(batch, &plan.words, threads) {
                Ok(scores) => {
                    for (window, scores) in batch.iter().zip(&scores) {
                        decoder.window(&mut reading, window, scores);
                    }
                }
                Err(error) => {
                    let message = format!("the text could not be read: {error}");
                    note_once(&mut reading, NoteCode::ModelFailed, &message);
                    bare(&mut reading);
                    return reading;
                }
            }
        }
        decoder.finish(&mut reading);
        reading
    }

    /// Runs the network over all sentences, without decoding, one window after the other.
    ///
    /// # Errors
    /// [`ModelError::Run`] when the runtime fails.
    pub fn encode(&self, reading: &Reading) -> Result<Encoded, ModelError> {
        let plan = self.plan(reading);
        let mut pieces = 0;
        for window in &plan.windows {
            let input = self.input(window, &plan.words);
            self.encoder.run(&input)?;
            pieces += input.pieces.len();
        }
        Ok(Encoded {
            pieces,
            windows: plan.windows.len(),
        })
    }

    fn plan(&self, reading: &Reading) -> Plan {
        let words = self.words(reading);
        let windows = self.windows(reading, &words);
        Plan { words, windows }
    }

    fn windows(&self, reading: &Reading, words: &Words) -> Vec<Window> {
        let costs: Vec<usize> = words
            .ends
            .iter()
            .zip(&words.starts)
            .map(|(end, start)| end - start)
            .collect();
        let sentences: Vec<TokenRange> =
            reading.sentences.iter().map(|s| s.tokens.clone()).collect();
        let limits = Limits {
            usual: self.labels.window_pieces - 2,
            most: self.labels.pieces_max - 2,
        };
        let windows = plan(&sentences, &costs, limits, |token| {
            matches!(reading.word(token), "," | ";" | ":" | "—" | "–")
        });
        dateline::part_off(reading, windows)
    }

    /// Scores of the windows, in their order.
    fn run_all(
        &self,
        windows: &[Window],
        words: &Words,
        threads: NonZeroUsize,
    ) -> Result<Vec<Scores>, ModelError> {
        let run = |window: &Window| self.encoder.run(&self.input(window, words));
        let threads = threads.get().min(windows.len());
        if threads <= 1 {
            return windows.iter().map(run).collect();
        }
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(windows.len()));
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(window) = windows.get(at) else { break };
                        let scores = run(window);
                        done.lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push((at, scores));
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, scores)| scores).collect()
    }

    /// Cuts all tokens into pieces.
    fn words(&self, reading: &Reading) -> Words {
        let mut cutter = Cutter::default();
        let mut words = Words::default();
        for token in 0..reading.tokens.len() {
            let word = reading.word(token);
            let start = words.pieces.len();
            self.pieces
                .encode_into(word, &mut cutter, &mut words.pieces);
            words.pieces.truncate(start + LONGEST_WORD);
            words.starts.push(start);
            words.ends.push(words.pieces.len());
            words.cases.push(CaseClass::of(word));
        }
        words
    }

    fn input(&self, window: &Window, words: &Words) -> WindowInput {
        let mut input = WindowInput {
            pieces: vec![self.pieces.start_id().cast_signed()],
            cases: vec![CaseClass::None.id()],
            ..WindowInput::default()
        };
        for (number, part) in window.parts.iter().enumerate() {
            for token in part.tokens.clone() {
                let pieces = &words.pieces[words.starts[token]..words.ends[token]];
                input.first.push(number_of(input.pieces.len()));
                input
                    .pieces
                    .extend(pieces.iter().map(|p| p.id.cast_signed()));
                input.last.push(number_of(input.pieces.len()) - 1);
                input.sentence.push(number_of(number));
                input
                    .cases
                    .resize(input.pieces.len(), words.cases[token].id());
            }
        }
        input.pieces.push(self.pieces.end_id().cast_signed());
        input.cases.push(CaseClass::None.id());
        input
    }
}

/// How a document is to be run.
struct Plan {
    words: Words,
    windows: Vec<Window>,
}

/// The pieces of a document's tokens.
#[derive(Default)]
struct Words {
    pieces: Vec<Piece>,
    starts: Vec<usize>,
    ends: Vec<usize>,
    cases: Vec<CaseClass>,
}

/// Whether the model reads the language of `reading`. Too short to tell counts as English.
fn reads(reading: &Reading) -> bool {
    let primary = reading.language.split(['-', '_']).next().unwrap_or("");
    primary.eq_ignore_ascii_case("en")
        || (primary == "und" && reading.text().chars().any(|c| c.is_ascii_alphabetic()))
}

/// A count inside one window, which holds a few hundred pieces.
fn number_of(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn note_once(reading: &mut Reading, code: NoteCode, message: &str) {
    if !reading.notes.iter().any(|n| n.code == code) {
        reading.notes.push(Note {
            code,
            span: None,
            message: message.to_owned(),
        });
    }
}

/// Takes back what was filled in before the network failed.
fn bare(reading: &mut Reading) {
    for token in &mut reading.tokens {
        *token = Token::bare(token.span);
    }
}

fn note_long_sentences(reading: &mut Reading, windows: &[Window]) {
    let mut cut: Vec<usize> = windows
        .iter()
        .flat_map(|window| &window.parts)
        .filter(|part| part.continues)
        .map(|part| part.sentence)
        .collect();
    cut.dedup();
    for sentence in cut {
        let span = reading.sentences.get(sentence).map(|s| s.span);
        reading.notes.push(Note {
            code: NoteCode::LongSentence,
            span,
            message: "the sentence is longer than the model reads at once and was read in parts"
                .to_owned(),
        });
    }
}
