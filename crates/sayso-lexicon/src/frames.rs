//! Event frames: `lexicon/frames/*.toml`, one readable file an event type.
//!
//! A frame names the codes of an event type and the triggers that evoke it. A trigger is written
//! as lemmas; several words make a multi-word trigger whose parts may stand a few words apart
//! ("open fire", "take hostage"). Each file opens with comment lines `# origin:` and `# licence:`
//! and carries its own examples, which run as tests (`examples.rs`).
//!
//! A type has one ACLED sub-event type or none, and the codes of PLOVER and CAMEO that fit all of
//! it. Where those codebooks go further, a trigger has codes of its own ("tortured") or a
//! `[[leaf]]` gives them under a condition ("with machetes").

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::codes::{ACLED, CAMEO, PLOVER, known, known_mode};
use crate::examples::{Example, WrittenExample};
use crate::{LexiconError, VerbForms};

/// How the sides stand around a trigger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Args {
    /// Somebody does it to somebody: subject and object, "A's attack on B".
    #[default]
    Attack,
    /// Both do it: "A clashed with B", "clashes between A and B".
    Reciprocal,
    /// The subject is the weapon: "a bomb exploded"; sides come from other words.
    Blast,
    /// The subject undergoes it: "five people died".
    Victim,
    /// The object is found dead, and whoever finds it did nothing: "residents found the bodies of".
    Found,
    /// The object is a place or thing: "A seized the town from B".
    Territory,
    /// Only the subject acts: "students marched against the decree".
    Actor,
}

/// What a possessor or an "of" phrase of a noun trigger is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NounSide {
    /// The one who does it.
    Agent,
    /// The one it is done to.
    Patient,
    /// Neither ("a campaign of intimidation").
    None,
    /// A possessor acts, an "of" phrase undergoes: "the army's shelling of the town".
    #[default]
    Split,
}

/// Whether a trigger is a verb or a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerPos {
    /// A verb, or a phrase headed by one.
    Verb,
    /// A noun, or a phrase headed by one.
    Noun,
}

/// What PLOVER and CAMEO call an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Codes {
    /// PLOVER event.
    pub plover: &'static str,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// CAMEO code.
    pub cameo: &'static str,
}

/// Codes as a file writes them; what is left out is as in the frame. A PLOVER event of its own
/// leaves the frame's mode behind.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenCodes {
    plover: Option<String>,
    mode: Option<String>,
    cameo: Option<String>,
}

/// More exact codes under a condition; the first that holds counts.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Condition, as in [`Trigger::needs`].
    pub when: String,
    /// Codes.
    pub codes: Codes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLeaf {
    when: String,
    codes: WrittenCodes,
}

/// One group of triggers that behave alike.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Verb lemmas and phrases that start with a verb.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Noun lemmas and phrases; the head is the last word before a preposition.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Argument syntax.
    #[serde(default)]
    pub args: Args,
    /// What possessor and "of" phrase of a noun trigger are.
    #[serde(default)]
    pub noun_side: NounSide,
    /// How sure one may be that the words mean this event, 0 to 1.
    pub weight: f32,
    /// Conditions, of which one must hold (see the event phase); empty: none needed.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Lemmas that must not be beside the trigger (modifier, object, neighbour).
    #[serde(default)]
    pub not: Vec<String>,
    /// Lemmas that must not modify the trigger or stand right before it: a "teachers' strike" is
    /// none of war, a "strike on teachers" is.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Lemmas that must not stand right behind the trigger ("arrest warrant").
    #[serde(default)]
    pub not_after: Vec<String>,
    /// A background word ("violence", "attacks"): no event without a side, toll or time.
    #[serde(default)]
    pub weak: bool,
    /// An outcome ("killed"): joins the violent event that brought it about, if one is told.
    #[serde(default)]
    pub outcome: bool,
    /// A word for many kinds ("attack", "blast"): may name an event of any of these frames
    /// (`violent`: of every violent frame).
    #[serde(default)]
    pub covers: Vec<String>,
    /// Refinements of the frame do not apply.
    #[serde(default)]
    pub fixed: bool,
    /// Frames that no refinement may turn it into ("murder" is no clash, whoever is murdered).
    #[serde(default)]
    pub never: Vec<String>,
    /// More exact codes than the frame's, as written.
    #[serde(default, rename = "codes")]
    written: Option<WrittenCodes>,
    /// The same, checked.
    #[serde(skip)]
    pub codes: Option<Codes>,
}

/// A more exact frame under a condition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refine {
    /// Condition, as in [`Trigger::needs`].
    pub when: String,
    /// Name of the frame it becomes.
    pub to: String,
}

/// The frame of one event type.
#[derive(Clone, Debug)]
pub struct EventFrame {
    /// Name, as the file's.
    pub name: String,
    /// ACLED sub-event type; `None` for what ACLED does not code.
    pub acled: Option<&'static str>,
    /// What PLOVER and CAMEO call it, where neither trigger nor leaf says more.
    pub codes: Codes,
    /// Whether people or things are harmed by force.
    pub violent: bool,
    /// Triggers.
    pub triggers: Vec<Trigger>,
    /// Refinements, the first that holds wins.
    pub refine: Vec<Refine>,
    /// More exact codes.
    pub leaves: Vec<Leaf>,
    /// Sentences that tell this event, one for each alternative of what is written.
    pub examples: Vec<Example>,
    /// Sentences that have a trigger's words and do not tell this event.
    pub counterexamples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    acled: Option<String>,
    plover: String,
    mode: Option<String>,
    cameo: String,
    #[serde(default)]
    violent: bool,
    /// For the reader of the file.
    #[serde(rename = "definition")]
    _definition: String,
    #[serde(default)]
    trigger: Vec<Trigger>,
    #[serde(default)]
    refine: Vec<Refine>,
    #[serde(default)]
    leaf: Vec<WrittenLeaf>,
    #[serde(default)]
    example: Vec<WrittenExample>,
    #[serde(default)]
    counterexample: Vec<String>,
}

/// One way to find a trigger in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Index into [`Frames::all`].
    pub frame: usize,
    /// Index into [`EventFrame::triggers`].
    pub trigger: usize,
    /// Verb or noun.
    pub pos: TriggerPos,
    /// Words that must stand before the main word, nearest last.
    pub before: Vec<String>,
    /// Words that must follow the main word.
    pub after: Vec<String>,
    /// The main word's lemma, for rule names.
    pub word: String,
}

/// All frames, and an index from written forms to the triggers they may be.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// In order of their names.
    pub all: Vec<EventFrame>,
    forms: BTreeMap<String, Vec<Pattern>>,
    /// The frame that is left out, whose number the others keep.
    left_out: Option<usize>,
}

impl Frames {
    /// Parses files given as (file name, text).
    ///
    /// # Errors
    /// Wrong TOML, an unknown code, a frame that another one names and that is not there, a
    /// missing header.
    pub fn parse(files: &[(&str, &str)], verb_forms: &VerbForms) -> Result<Self, LexiconError> {
        let mut all = Vec::new();
        for (file, text) in files {
            all.push(parse_one(file, text)?);
        }
        all.sort_by(|a: &EventFrame, b: &EventFrame| a.name.cmp(&b.name));
        for (frame, other) in all
            .iter()
            .flat_map(|f| f.refine.iter().map(move |r| (f, &r.to)))
            .chain(all.iter().flat_map(|f| {
                let covered = f.triggers.iter().flat_map(|t| t.covers.iter());
                covered.filter(|c| *c != "violent").map(move |c| (f, c))
            }))
        {
            if !all.iter().any(|f| f.name == *other) {
                return Err(wrong(&frame.name, other, "the name of a frame"));
            }
        }
        let mut forms: BTreeMap<String, Vec<Pattern>> = BTreeMap::new();
        for (f, frame) in all.iter().enumerate() {
            for (t, trigger) in frame.triggers.iter().enumerate() {
                for phrase in &trigger.verbs {
                    let pattern = verb_pattern(f, t, phrase);
                    for form in verb_forms.verb(&pattern.word) {
                        add(&mut forms, form, &pattern);
                    }
                }
                for phrase in &trigger.nouns {
                    let pattern = noun_pattern(f, t, phrase);
                    for form in VerbForms::noun(&pattern.word) {
                        add(&mut forms, form, &pattern);
                    }
                }
            }
        }
        // Longer patterns first: "suicide bombing" before "bombing".
        for patterns in forms.values_mut() {
            patterns.sort_by_key(|p| std::cmp::Reverse(p.before.len() + p.after.len()));
        }
        Ok(Self {
            all,
            forms,
            left_out: None,
        })
    }

    /// These frames without the triggers of one and without what is refined to it, for a test that
    /// asks what the file is good for.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut frames = self.clone();
        frames.left_out = self.named(name);
        for patterns in frames.forms.values_mut() {
            patterns.retain(|pattern| Some(pattern.frame) != frames.left_out);
        }
        for frame in &mut frames.all {
            frame.refine.retain(|refine| refine.to != name);
        }
        frames
    }

    /// These frames without any word that rules a trigger out, for a test that asks what the
    /// exclusions are good for.
    #[must_use]
    pub fn without_exclusions(&self) -> Self {
        let mut frames = self.clone();
        for trigger in frames.all.iter_mut().flat_map(|f| &mut f.triggers) {
            trigger.not.clear();
            trigger.not_before.clear();
            trigger.not_after.clear();
        }
        frames
    }

    /// The patterns whose main word has the written form `form` (lower case), longest first.
    pub fn patterns(&self, form: &str) -> &[Pattern] {
        self.forms.get(form).map_or(&[], Vec::as_slice)
    }

    /// The frame of an event that somebody names by its sub-event type of ACLED, or by the name of
    /// a frame.
    pub fn of_type(&self, wanted: &str) -> Option<&EventFrame> {
        let named = self.named(wanted).and_then(|at| self.all.get(at));
        named.or_else(|| self.all.iter().find(|frame| frame.acled == Some(wanted)))
    }

    /// What [`Frames::of_type`] takes, each type once and in order: what ACLED calls it, or else its
    /// frame's name.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        let all = self.all.iter();
        let types: std::collections::BTreeSet<&str> = all
            .map(|frame| frame.acled.unwrap_or(&frame.name))
            .collect();
        types.into_iter()
    }

    /// The frame called `name`.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.all
            .binary_search_by(|frame| frame.name.as_str().cmp(name))
            .ok()
            .filter(|&frame| Some(frame) != self.left_out)
    }
}

fn add(forms: &mut BTreeMap<String, Vec<Pattern>>, form: String, pattern: &Pattern) {
    let patterns = forms.entry(form).or_default();
    if !patterns.contains(pattern) {
        patterns.push(pattern.clone());
    }
}

fn verb_pattern(frame: usize, trigger: usize, phrase: &str) -> Pattern {
    let mut words = phrase.split_whitespace().map(str::to_owned);
    Pattern {
        frame,
        trigger,
        pos: TriggerPos::Verb,
        before: Vec::new(),
        word: words.next().unwrap_or_default(),
        after: words.collect(),
    }
}

fn noun_pattern(frame: usize, trigger: usize, phrase: &str) -> Pattern {
    let words: Vec<String> = phrase.split_whitespace().map(str::to_owned).collect();
    // The preposition that opens the rest, but not that of "sit-in".
    let opens = |(i, word): (usize, &String)| {
        let prepositions = [
            "against", "between", "for", "from", "in", "of", "on", "to", "with",
        ];
        ((i + 1 < words.len() || word != "in") && prepositions.contains(&word.as_str()))
            .then_some(i)
    };
    let head = words
        .iter()
        .enumerate()
        .find_map(opens)
        .unwrap_or(words.len())
        .saturating_sub(1);
    Pattern {
        frame,
        trigger,
        pos: TriggerPos::Noun,
        before: words.get(..head).unwrap_or_default().to_vec(),
        word: words.get(head).cloned().unwrap_or_default(),
        after: words.get(head + 1..).unwrap_or_default().to_vec(),
    }
}

fn wrong(file: &str, value: &str, allowed: &str) -> LexiconError {
    LexiconError {
        file: format!("frames/{file}"),
        line: 0,
        value: value.to_owned(),
        allowed: allowed.to_owned(),
    }
}

fn parse_one(file: &str, text: &str) -> Result<EventFrame, LexiconError> {
    for header in ["# origin:", "# licence:"] {
        if !text.lines().any(|line| line.starts_with(header)) {
            return Err(wrong(file, "", &format!("a header line `{header} …`")));
        }
    }
    let written: Written = toml::from_str(text).map_err(|e| LexiconError {
        file: format!("frames/{file}"),
        line: e
            .span()
            .map_or(0, |s| text.get(..s.start).map_or(0, |t| t.lines().count())),
        value: e.message().to_owned(),
        allowed: "a frame as described in sayso-lexicon's frames.rs".to_owned(),
    })?;
    if file != format!("{}.toml", written.name) {
        return Err(wrong(file, &written.name, "the file's own name"));
    }
    for trigger in &written.trigger {
        if !(0.0..=1.0).contains(&trigger.weight) {
            let value = trigger.weight.to_string();
            return Err(wrong(file, &value, "a weight from 0 to 1"));
        }
    }
    let acled = written.acled.map(|acled| {
        known(ACLED, &acled).ok_or_else(|| wrong(file, &acled, "an ACLED sub-event type"))
    });
    let own = WrittenCodes {
        plover: Some(written.plover),
        mode: written.mode,
        cameo: Some(written.cameo),
    };
    let codes = check_codes(file, &own, None)?;
    let mut triggers = written.trigger;
    for trigger in &mut triggers {
        if let Some(own) = &trigger.written {
            trigger.codes = Some(check_codes(file, own, Some(codes))?);
        }
    }
    let mut leaves = Vec::new();
    for leaf in written.leaf {
        leaves.push(Leaf {
            when: leaf.when,
            codes: check_codes(file, &leaf.codes, Some(codes))?,
        });
    }
    let mut examples = Vec::new();
    for example in &written.example {
        examples.extend(
            example
                .each()
                .map_err(|e| wrong(file, &e, "words of the example's text"))?,
        );
    }
    Ok(EventFrame {
        acled: acled.transpose()?,
        codes,
        name: written.name,
        violent: written.violent,
        triggers,
        refine: written.refine,
        leaves,
        examples,
        counterexamples: written
            .counterexample
            .iter()
            .flat_map(|text| crate::examples::expand(text))
            .map(|(text, _)| text)
            .collect(),
    })
}

/// The codes of `written`, with those of the frame where it leaves one out.
fn check_codes(
    file: &str,
    written: &WrittenCodes,
    frame: Option<Codes>,
) -> Result<Codes, LexiconError> {
    let plover = match (&written.plover, frame) {
        (Some(plover), _) => {
            known(PLOVER, plover).ok_or_else(|| wrong(file, plover, "a PLOVER event"))?
        }
        (None, Some(frame)) => frame.plover,
        (None, None) => return Err(wrong(file, "", "a PLOVER event")),
    };
    let mode = match &written.mode {
        Some(mode) => Some(
            known_mode(plover, mode)
                .ok_or_else(|| wrong(file, mode, &format!("a mode of {plover}")))?,
        ),
        None if written.plover.is_some() => None,
        None => frame.and_then(|frame| frame.mode),
    };
    let cameo = match (&written.cameo, frame) {
        (Some(cameo), _) => {
            known(CAMEO, cameo).ok_or_else(|| wrong(file, cameo, "a CAMEO code"))?
        }
        (None, Some(frame)) => frame.cameo,
        (None, None) => return Err(wrong(file, "", "a CAMEO code")),
    };
    Ok(Codes {
        plover,
        mode,
        cameo,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# origin: own work\n# licence: Apache-2.0\n";

    fn parse(body: &str) -> Result<Frames, LexiconError> {
        let text = format!("{HEAD}{body}");
        Frames::parse(&[("x.toml", &text)], &VerbForms::default())
    }

    #[test]
    fn finds_patterns_by_written_form() {
        let frames = parse(
            "name = \"x\"\nplover = \"ASSAULT\"\ncameo = \"190\"\ndefinition = \"d\"\n\
             [[trigger]]\nverbs = [\"open fire\"]\nnouns = [\"exchange of fire\", \"air raid\", \"sit in\"]\nweight = 0.9\n",
        )
        .unwrap();
        assert_eq!(frames.patterns("opened")[0].after, ["fire"]);
        assert_eq!(frames.patterns("exchanges")[0].after, ["of", "fire"]);
        assert_eq!(frames.patterns("raid")[0].before, ["air"]);
        assert_eq!(frames.patterns("in")[0].before, ["sit"]);
        assert!(frames.patterns("fire").is_empty());
    }

    #[test]
    fn a_frame_is_left_out_without_renumbering_the_others() {
        let of = |name: &str, verb: &str| {
            format!(
                "{HEAD}name = \"{name}\"\nplover = \"ASSAULT\"\ncameo = \"190\"\ndefinition = \"d\"\n\
                 [[trigger]]\nverbs = [\"{verb}\"]\nweight = 0.9\n"
            )
        };
        let (a, b) = (of("a", "storm"), of("b", "raid"));
        let files = [("a.toml", a.as_str()), ("b.toml", b.as_str())];
        let frames = Frames::parse(&files, &VerbForms::default()).unwrap();
        let rest = frames.without("a");
        assert!(!frames.patterns("storm").is_empty() && rest.patterns("storm").is_empty());
        assert_eq!(rest.patterns("raid")[0].frame, 1);
        assert_eq!((rest.named("a"), rest.named("b")), (None, Some(1)));
    }

    #[test]
    fn codes_of_a_trigger_or_leaf_fill_up_from_the_frame() {
        let frames = parse(
            "name = \"x\"\nplover = \"ASSAULT\"\nmode = \"beat\"\ncameo = \"182\"\ndefinition = \"d\"\n\
             [[trigger]]\nverbs = [\"torture\"]\nweight = 0.9\n\
             codes = { mode = \"torture\", cameo = \"1822\" }\n\
             [[leaf]]\nwhen = \"agent:state\"\ncodes = { plover = \"COERCE\" }\n",
        )
        .unwrap();
        let frame = &frames.all[0];
        let codes = frame.triggers[0].codes.unwrap();
        assert_eq!(
            (codes.plover, codes.mode, codes.cameo),
            ("ASSAULT", Some("torture"), "1822")
        );
        let codes = frame.leaves[0].codes;
        assert_eq!(
            (codes.plover, codes.mode, codes.cameo),
            ("COERCE", None, "182")
        );
    }

    #[test]
    fn names_what_is_wrong() {
        let body = "name = \"x\"\nplover = \"ASSULT\"\ncameo = \"190\"\ndefinition = \"d\"\n";
        assert!(parse(body).unwrap_err().to_string().contains("ASSULT"));
        let body = "name = \"y\"\nplover = \"ASSAULT\"\ncameo = \"190\"\ndefinition = \"d\"\n";
        assert!(parse(body).unwrap_err().to_string().contains("own name"));
        let body = "name = \"x\"\nplover = \"AID\"\nmode = \"beat\"\ncameo = \"070\"\ndefinition = \"d\"\n";
        assert!(parse(body).unwrap_err().to_string().contains("mode of AID"));
    }
}
