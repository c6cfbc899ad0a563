//! Why a span of a statement starts or ends where it does.

use super::{StatementRule, rules};

rules! {
    /// What stands at the edge of a span; beside it a [`StatementRule`] that cuts or starts there.
    EdgeRule {
        SentenceEdge "sentence-edge": "The sentence begins or ends there." ["guide, content"];
        QuotationMark "quotation-mark": "The quotation begins or ends there." ["CGEL 20"];
        OwnCue "own-cue": "The statement's own cue stands there." ["guide, content"];
        OwnSpeaker "own-speaker": "The statement's own speaker stands there." ["guide, content"];
        OwnAddressee "own-addressee": "The statement's own addressee stands there." ["guide, to"];
        OwnMedium "own-medium": "The statement's own medium stands there." ["guide, medium"];
        OwnContent "own-content": "What is said stands there." ["guide, cue"];
        OtherStatement "other-statement": "The cue of another statement, or its speaker, stands there." ["guide, statements"];
        RelativeClause "relative-clause": "A relative clause begins there, which is no part of a speaker's phrase." ["guide, source"];
        PhraseEdge "phrase-edge": "The phrase of its main word begins or ends there in the tree." ["UD"];
        ModelRun "model-run": "The model's run begins or ends there." ["PolNeAR"];
        OtherGovernor "other-governor": "The next word hangs on a word outside." ["UD"];
        WordOrder "word-order": "Neither tree nor model goes on; word order decides." ["CGEL 11"];
    }
}

/// What the rule of an edge does, by the name that the sheet gives; `None` for a name of no rule.
pub fn edge_says(name: &str) -> Option<&'static str> {
    let edge = EdgeRule::ALL.iter().find(|rule| rule.name() == name);
    let cut = StatementRule::ALL.iter().find(|rule| rule.name() == name);
    edge.map(|rule| rule.says()).or(cut.map(|rule| rule.says()))
}
