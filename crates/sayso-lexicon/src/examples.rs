//! Examples of frames: invented sentences with alternatives, `Gunmen {abducted|kidnapped} a clerk.`,
//! so that every trigger and every exclusion has a sentence without a line for each.

use serde::Deserialize;

/// A text and the event it tells, as a file writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenExample {
    /// One invented sentence; `{a|b|c}` stands for one of a, b, c.
    text: String,
    /// Words that the anchor must overlap; left out: the first alternative that is taken.
    #[serde(default)]
    anchor: String,
    /// Words that some span of side a must overlap; empty: not tested.
    #[serde(default)]
    a: String,
    /// Words that some span of side b must overlap; empty: not tested.
    #[serde(default)]
    b: String,
    /// Status, `asserted` where left out.
    #[serde(default)]
    status: String,
    /// PLOVER event and mode, "ASSAULT" or "ASSAULT torture"; empty: not tested.
    #[serde(default)]
    plover: String,
    /// CAMEO code; empty: not tested.
    #[serde(default)]
    cameo: String,
}

/// A text and the event it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// One invented sentence.
    pub text: String,
    /// Words that the anchor must overlap.
    pub anchor: String,
    /// Words that some span of side a must overlap; empty: not tested.
    pub a: String,
    /// Words that some span of side b must overlap; empty: not tested.
    pub b: String,
    /// Status.
    pub status: String,
    /// PLOVER event, with its mode after a space where it has one; empty: not tested.
    pub plover: String,
    /// CAMEO code; empty: not tested.
    pub cameo: String,
}

impl WrittenExample {
    /// One example for each choice of alternatives.
    ///
    /// # Errors
    /// The words that must stand in the text and do not.
    pub(crate) fn each(&self) -> Result<Vec<Example>, String> {
        let mut examples = Vec::new();
        for (text, chosen) in expand(&self.text) {
            let anchor = if self.anchor.is_empty() {
                chosen
            } else {
                self.anchor.clone()
            };
            for words in [&anchor, &self.a, &self.b] {
                if !text.contains(words.as_str()) {
                    return Err(words.clone());
                }
            }
            if anchor.is_empty() {
                return Err(text);
            }
            examples.push(Example {
                text,
                anchor,
                a: self.a.clone(),
                b: self.b.clone(),
                status: if self.status.is_empty() {
                    "asserted".to_owned()
                } else {
                    self.status.clone()
                },
                plover: self.plover.clone(),
                cameo: self.cameo.clone(),
            });
        }
        Ok(examples)
    }
}

/// Every text that `written` stands for, each with its choice at the first `{…|…}`.
pub(crate) fn expand(written: &str) -> Vec<(String, String)> {
    let open = written.split_once('{');
    let Some((before, (inside, after))) =
        open.and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    else {
        return vec![(written.to_owned(), String::new())];
    };
    let rests = expand(after);
    inside
        .split('|')
        .flat_map(|chosen| {
            rests
                .iter()
                .map(move |(rest, _)| (format!("{before}{chosen}{rest}"), chosen.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_make_a_text_each() {
        let texts: Vec<String> = expand("A {x|y} b {1|2}.")
            .into_iter()
            .map(|(t, _)| t)
            .collect();
        assert_eq!(texts, ["A x b 1.", "A x b 2.", "A y b 1.", "A y b 2."]);
        assert_eq!(expand("A b."), [("A b.".to_owned(), String::new())]);
    }

    #[test]
    fn the_anchor_is_the_first_choice() {
        let written = WrittenExample {
            text: "Men {took|seized} a {boy|girl}.".to_owned(),
            anchor: String::new(),
            a: "Men".to_owned(),
            b: String::new(),
            status: String::new(),
            plover: String::new(),
            cameo: String::new(),
        };
        let examples = written.each().unwrap();
        assert_eq!(examples.len(), 4);
        assert_eq!(examples[3].anchor, "seized");
        assert_eq!(examples[0].status, "asserted");
        let written = WrittenExample {
            b: "dog".to_owned(),
            ..written
        };
        assert_eq!(written.each(), Err("dog".to_owned()));
    }
}
