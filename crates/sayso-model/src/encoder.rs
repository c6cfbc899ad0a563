//! The network: one window of pieces in, the scores of all heads out.

use std::sync::{Arc, Mutex, PoisonError};

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};

use crate::error::ModelError;

/// A table of scores, one row a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: usize,
    data: Vec<f32>,
}

impl Table {
    /// A table of `columns` columns over `data`, row by row; what does not fill a row is ignored.
    pub fn new(columns: usize, data: Vec<f32>) -> Self {
        Self { columns, data }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.data.len().checked_div(self.columns).unwrap_or(0)
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row; empty past the end.
    pub fn row(&self, row: usize) -> &[f32] {
        let from = row * self.columns;
        self.data.get(from..from + self.columns).unwrap_or(&[])
    }

    /// Appends the rows of a table of as many columns.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.columns = other.columns;
        self.data.extend_from_slice(&other.data);
    }
}

/// What the network reads of one window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WindowInput {
    /// Ids of the pieces, `[CLS]` first and `[SEP]` last.
    pub pieces: Vec<i32>,
    /// Case class of each piece's word.
    pub cases: Vec<i32>,
    /// Number of each word's first piece.
    pub first: Vec<i32>,
    /// Number of each word's last piece.
    pub last: Vec<i32>,
    /// Number of each word's sentence inside the window.
    pub sentence: Vec<i32>,
}

/// Scores of one window, all of them logits.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Parts of speech.
    pub upos: Table,
    /// Penn tags.
    pub xpos: Table,
    /// Lemma scripts.
    pub lemma: Table,
    /// Entity types of noun phrases.
    pub etype: Table,
    /// Heads: column 0 the root, column `j + 1` word `j` of the window.
    pub arc: Table,
    /// Relation to the best-scored head.
    pub rel: Table,
    /// Names, BIO.
    pub ner: Table,
    /// Sources of attributions, BIO.
    pub source: Table,
    /// Cues, BIO.
    pub cue: Table,
    /// Contents, BIO.
    pub content: Table,
    /// First word of the cue that a source or content belongs to; columns as in `arc`.
    pub link: Table,
}

const INPUTS: [&str; 5] = ["pieces", "cases", "first", "last", "sentence"];
const OUTPUTS: [&str; 11] = [
    "upos", "xpos", "lemma", "etype", "arc", "rel", "ner", "source", "cue", "content", "link",
];

/// The weights, ready to run from any number of threads.
///
/// Each run uses a pool of one thread: callers that run windows side by side do not wait for each
/// other, and the order of additions does not depend on how many there are.
pub struct Encoder {
    model: Model,
    inputs: [NodeId; INPUTS.len()],
    outputs: [NodeId; OUTPUTS.len()],
    idle: Mutex<Vec<Arc<ThreadPool>>>,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encoder")
            .field("parameters", &self.model.total_params())
            .finish_non_exhaustive()
    }
}

impl Encoder {
    /// Loads ONNX bytes.
    ///
    /// # Errors
    /// [`ModelError::Weights`] for bytes that are no model; [`ModelError::Mismatch`] for a model
    /// without the inputs and outputs of this program's.
    pub fn load(onnx: Vec<u8>) -> Result<Self, ModelError> {
        options()
            .load(onnx)
            .map_err(|source| ModelError::Weights { source })
            .and_then(Self::of)
    }

    /// Loads ONNX bytes that are part of the program.
    ///
    /// # Errors
    /// As [`Encoder::load`].
    pub fn load_static(onnx: &'static [u8]) -> Result<Self, ModelError> {
        options()
            .load_static_slice(onnx)
            .map_err(|source| ModelError::Weights { source })
            .and_then(Self::of)
    }

    fn of(model: Model) -> Result<Self, ModelError> {
        let node = |name: &str| {
            model.find_node(name).ok_or_else(|| ModelError::Mismatch {
                reason: format!("the network has no `{name}`"),
            })
        };
        let mut inputs = [NodeId::from_u32(0); INPUTS.len()];
        for (id, name) in inputs.iter_mut().zip(INPUTS) {
            *id = node(name)?;
        }
        let mut outputs = [NodeId::from_u32(0); OUTPUTS.len()];
        for (id, name) in outputs.iter_mut().zip(OUTPUTS) {
            *id = node(name)?;
        }
        Ok(Self {
            model,
            inputs,
            outputs,
            idle: Mutex::new(Vec::new()),
        })
    }

    /// Runs one window.
    ///
    /// # Errors
    /// [`ModelError::Run`] when the runtime fails, [`ModelError::Mismatch`] when the scores have
    /// not one row a word.
    pub fn run(&self, window: &WindowInput) -> Result<Scores, ModelError> {
        let words = window.first.len();
        let pieces = window.pieces.len();
        let value = |shape: &[usize], data: &[i32]| -> Result<ValueOrView<'static>, ModelError> {
            Value::from_shape(shape, data.to_vec())
                .map(ValueOrView::from)
                .map_err(|e| ModelError::Mismatch {
                    reason: e.to_string(),
                })
        };
        let of_pieces = [1, pieces];
        let of_words = [words];
        let tables: [(&[usize], &[i32]); INPUTS.len()] = [
            (&of_pieces, &window.pieces),
            (&of_pieces, &window.cases),
            (&of_words, &window.first),
            (&of_words, &window.last),
            (&of_words, &window.sentence),
        ];
        let inputs = self
            .inputs
            .iter()
            .zip(tables)
            .map(|(id, (shape, data))| Ok((*id, value(shape, data)?)))
            .collect::<Result<Vec<_>, ModelError>>()?;
        let pool = self.pool();
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&pool)));
        let result = self.model.run_n(inputs, self.outputs, Some(options));
        self.give_back(pool);
        let values = result.map_err(|source| ModelError::Run { source })?;

        let mut tables = Vec::with_capacity(OUTPUTS.len());
        for (value, name) in values.into_iter().zip(OUTPUTS) {
            let (shape, data) = value
                .into_shape_vec::<f32, 2>()
                .map_err(|e| mismatch(name, &e.to_string()))?;
            if shape[0] != words {
                let said = format!("{} rows for {words} words", shape[0]);
                return Err(mismatch(name, &said));
            }
            tables.push(Table::new(shape[1], data));
        }
        let mut tables = tables.into_iter();
        let mut next = || tables.next().unwrap_or_default();
        Ok(Scores {
            upos: next(),
            xpos: next(),
            lemma: next(),
            etype: next(),
            arc: next(),
            rel: next(),
            ner: next(),
            source: next(),
            cue: next(),
            content: next(),
            link: next(),
        })
    }

    /// An idle pool of one thread, or a new one.
    fn pool(&self) -> Arc<ThreadPool> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)))
    }

    fn give_back(&self, pool: Arc<ThreadPool>) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(pool);
    }
}

/// Weights are packed at loading: 10 ms and 13 MB more, and each window is a seventh faster, so that
/// it pays from the second window on.
fn options() -> ModelOptions {
    ModelOptions::with_all_ops().prepack_weights(true).clone()
}

fn mismatch(output: &str, said: &str) -> ModelError {
    ModelError::Mismatch {
        reason: format!("output `{output}`: {said}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_model_are_refused() {
        let error = Encoder::load(b"not a model".to_vec()).unwrap_err();
        assert!(matches!(error, ModelError::Weights { .. }));
        assert!(error.to_string().contains("restore"), "{error}");
    }

    #[test]
    fn tables_have_rows() {
        let table = Table::new(2, vec![1.0, 2.0, 3.0, 4.0]);
        assert_eq!((table.rows(), table.row(1)), (2, &[3.0, 4.0][..]));
        assert!(table.row(2).is_empty());
        assert_eq!(Table::default().rows(), 0);
    }
}
