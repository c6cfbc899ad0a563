//! What travels in the program: see `model/CARD.md`, `gazetteer/CARD.md` and `registry/CARD.md`.

/// The encoder's weights, int8.
pub(crate) static WEIGHTS: &[u8] = include_bytes!("../../../model/sayso-en.onnx");
/// Its word pieces.
pub(crate) static VOCABULARY: &str = include_str!("../../../model/vocab.txt");
/// Its label sets.
pub(crate) static LABELS: &str = include_str!("../../../model/labels.json");
/// The gazetteer.
pub(crate) static PLACES: &[u8] = include_bytes!("../../../gazetteer/places.gaz");
/// The registry of actors.
pub(crate) static ACTORS: &[u8] = include_bytes!("../../../registry/actors.reg");
