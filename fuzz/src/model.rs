//! Label sets (`l`), a vocabulary (`v`), and the shipped weights with some bytes changed: four bytes
//! of place and one of value each (`w`), or cut off there (`c`).

use sayso_model::{Labels, Reader, WordPieces};

use crate::seed;

static WEIGHTS: &[u8] = include_bytes!("../../model/sayso-en.onnx");
static VOCABULARY: &str = include_str!("../../model/vocab.txt");
static LABELS: &str = include_str!("../../model/labels.json");

pub(crate) fn run(bytes: &[u8]) {
    let Some((tag, rest)) = bytes.split_first() else {
        return;
    };
    match tag {
        b'w' => weights(changed(rest)),
        b'c' => {
            let at = rest
                .iter()
                .take(4)
                .fold(0, |at, byte| at << 8 | usize::from(*byte));
            weights(WEIGHTS[..at % WEIGHTS.len()].to_vec());
        }
        b'v' => {
            if let Ok(text) = std::str::from_utf8(rest)
                && let Ok(pieces) = WordPieces::parse(text)
            {
                let _ = pieces.encode("Harim's unaffable");
            }
        }
        _ => {
            if let Ok(text) = std::str::from_utf8(rest) {
                told(Labels::parse(text));
            }
        }
    }
}

/// Loads the model with other weights: none but the shipped ones get as far as the runtime, which
/// would be kept busy without end by some.
fn weights(bytes: Vec<u8>) {
    let is_sound = bytes == WEIGHTS;
    let loaded = Reader::from_bytes(bytes, VOCABULARY, LABELS);
    assert_eq!(loaded.is_ok(), is_sound);
    told(loaded);
}

fn told<T>(found: Result<T, sayso_model::ModelError>) {
    if let Err(error) = found {
        assert!(!error.to_string().is_empty());
    }
}

fn changed(patches: &[u8]) -> Vec<u8> {
    let mut bytes = WEIGHTS.to_vec();
    let length = bytes.len();
    // What says how the network is built stands before and behind the numbers: of the places
    // there are, the first and last 200,000 are the interesting ones.
    let near = length.min(200_000);
    for patch in patches.chunks_exact(5) {
        let at = patch
            .iter()
            .take(4)
            .fold(0, |at, byte| at << 8 | usize::from(*byte));
        let at = match at % 3 {
            0 => at % near,
            1 => length - 1 - at % near,
            _ => at % length,
        };
        bytes[at] = patch[4];
    }
    bytes
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let few: Vec<&str> = VOCABULARY.lines().take(300).collect();
    vec![
        seed(b'l', LABELS),
        seed(b'v', few.join("\n")),
        seed(b'w', [0, 0, 0, 3, 0xff, 0, 0, 0, 4, 0, 1, 2, 3, 4, 5]),
        seed(b'c', [0, 0x10, 0, 0]),
    ]
}
