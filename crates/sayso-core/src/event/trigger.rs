//! Finding triggers: the words that evoke an event, with the frame that fits their surroundings.

use sayso_lexicon::{Codes, EventFrame, EventWord, Pattern, Trigger, TriggerPos, VerbForms};
use sayso_text::{NameKind, Rel, TokenRange, Upos};

use super::clause::{self, Clause};
use super::condition::{self, Around};
use super::noun_sides;
use super::sides::{self, Sides};
use super::weapons::{self, Found};
use super::words::Words;
use crate::EventRule;

/// A trigger in the text.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    /// Its main word.
    pub(crate) token: usize,
    /// The verb that says whether it happened: the trigger itself or the verb that carries it.
    pub(crate) predicate: usize,
    /// Trigger phrase, light verb included.
    pub(crate) anchor: TokenRange,
    /// Index of the frame after refinement.
    pub(crate) frame: usize,
    /// What PLOVER and CAMEO call it: of the trigger, of the frame's first leaf that fits, else of
    /// the frame.
    pub(crate) codes: Codes,
    /// The frame and trigger that matched.
    pub(crate) matched: (usize, usize),
    pub(crate) pos: TriggerPos,
    pub(crate) weight: f32,
    pub(crate) sides: Sides,
    pub(crate) weapons: Vec<Found>,
    /// Rule behind the type, such as `frame:attack/open fire>armed-clash`.
    pub(crate) rule: String,
}

impl Hit {
    /// The trigger of the lexicon.
    pub(crate) fn trigger<'a>(&self, words: &Words<'a>) -> &'a Trigger {
        &words.lexicon().frames.all[self.matched.0].triggers[self.matched.1]
    }

    /// The frame after refinement.
    pub(crate) fn frame<'a>(&self, words: &Words<'a>) -> &'a EventFrame {
        &words.lexicon().frames.all[self.frame]
    }
}

/// Every trigger of the text, in text order, none inside another.
pub(crate) fn find(words: &Words<'_>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = (0..words.context.reading.tokens.len())
        .filter_map(|token| best_at(words, token))
        .collect();
    drop_nested(words, &mut hits);
    hits
}

/// The best reading of `token` as a trigger.
fn best_at(words: &Words<'_>, token: usize) -> Option<Hit> {
    let frames = &words.lexicon().frames;
    let by_form = frames.patterns(words.form(token));
    let by_lemma = if words.lemma(token) == words.form(token) {
        &[]
    } else {
        frames.patterns(words.lemma(token))
    };
    let mut best: Option<((usize, bool, f32), Hit)> = None;
    for pattern in by_form.iter().chain(by_lemma) {
        let Some(anchor) = matches(words, pattern, token) else {
            continue;
        };
        let trigger = &frames.all[pattern.frame].triggers[pattern.trigger];
        let rank = (
            pattern.before.len() + pattern.after.len(),
            !trigger.needs.is_empty(),
            trigger.weight,
        );
        if best
            .as_ref()
            .is_some_and(|(other, _)| rank.partial_cmp(other) != Some(std::cmp::Ordering::Greater))
        {
            continue;
        }
        if let Some(hit) = build(words, pattern, trigger, token, anchor) {
            best = Some((rank, hit));
        }
    }
    best.map(|(_, hit)| hit)
}

fn is_hyphen(words: &Words<'_>, token: usize) -> bool {
    matches!(words.form(token), "-" | "–" | "‐" | "‑")
}

fn same_word(words: &Words<'_>, token: usize, word: &str) -> bool {
    words.is(token, word)
        || (words.is_noun(token) && VerbForms::noun(word).iter().any(|f| f == words.form(token)))
        || (word.len() > 3
            && words.is_noun(token)
            && words.form(token).strip_suffix('s') == Some(word))
}

fn is_preposition(word: &str) -> bool {
    matches!(word, "at" | "on" | "upon" | "into" | "to")
}

/// The tokens of `pattern` with its main word at `token`, if its words and parts of speech fit.
fn matches(words: &Words<'_>, pattern: &Pattern, token: usize) -> Option<TokenRange> {
    let sentence = words.sentence(token);
    let multi = !pattern.before.is_empty();
    match pattern.pos {
        // "attacking forces", "wounded people": a property, told elsewhere if at all.
        TriggerPos::Verb if !words.is_verb(token) || words.rel(token) == Rel::Amod => {
            return None;
        }
        TriggerPos::Noun if words.is_headline_verb(token) => return None,
        // "in March 2011" is no march.
        TriggerPos::Noun
            if !multi
                && words.upos(token) == Upos::Propn
                && words.name_kind(token) == Some(NameKind::Date) =>
        {
            return None;
        }
        TriggerPos::Noun if !words.is_noun(token) && !multi && !is_nominal(words, token) => {
            return None;
        }
        TriggerPos::Noun
            if !multi
                && words.is_verb(token)
                && !matches!(words.upos(token), Upos::Noun | Upos::Propn)
                && !is_nominal(words, token) =>
        {
            return None;
        }
        // "Drones attacked a bus" is told by its verb, not as a drone attack.
        TriggerPos::Noun
            if multi
                && words.on(crate::EventRule::VerbBeforeCompound)
                && words.upos(token) == Upos::Verb
                && words.context.syntax.child(token, &[Rel::Nsubj]).is_some()
                && !is_nominal(words, token) =>
        {
            return None;
        }
        _ => {}
    }
    let mut start = token;
    for word in pattern.before.iter().rev() {
        let mut at = start.checked_sub(1)?;
        if is_hyphen(words, at) {
            at = at.checked_sub(1)?;
        }
        if at < sentence.start || !same_word(words, at, word) {
            return None;
        }
        start = at;
    }
    let mut end = token + 1;
    for (i, word) in pattern.after.iter().enumerate() {
        let more = i + 1 < pattern.after.len();
        let reach = match pattern.pos {
            // "took an estimated 900 Kurdish civilians hostage"
            TriggerPos::Verb if matches!(word.as_str(), "hostage" | "captive") => 9,
            // "took six of the suspects into custody", "put the men on trial"
            TriggerPos::Verb if more && is_preposition(word) => 8,
            TriggerPos::Verb if is_preposition(word) => 2,
            TriggerPos::Verb => 6,
            TriggerPos::Noun => 3,
        };
        let found = (end..(end + reach).min(sentence.end))
            .take_while(|&t| {
                // Nor over a preposition, which opens another phrase ("set up a cordon around").
                // "Launched dozens of rockets" goes on.
                if words.upos(t) == Upos::Adp
                    && !words.is(t, "of")
                    && words.rel(t) != Rel::CompoundPrt
                    && !same_word(words, t, word)
                {
                    return false;
                }
                // A trigger's words do not reach over a comma or another verb.
                !matches!(words.form(t), "," | ";" | ":" | "and") && (t == end || !words.is_verb(t))
            })
            .find(|&t| same_word(words, t, word))?;
        end = found + 1;
    }
    Some(start..end)
}

/// A gerund that is used as a noun ("fighting between …", "the shelling").
fn is_nominal(words: &Words<'_>, token: usize) -> bool {
    words.form(token).ends_with("ing")
        && words.children(token).iter().any(|&c| {
            words.rel(c) == Rel::Det
                || words.rel(c) == Rel::NmodPoss
                || matches!(words.case(c), Some("between" | "by"))
                || (words.case(c) == Some("of") && matches!(words.rel(c), Rel::Nmod | Rel::Obl))
        })
}

/// "Called the strike a massacre": what it is called is no second event.
fn is_naming(words: &Words<'_>, token: usize) -> bool {
    let syntax = words.context.syntax;
    let named = |verb: usize| {
        syntax
            .child(verb, &[Rel::Obj, Rel::NsubjPass])
            .is_some_and(|named| named < token)
    };
    let names = matches!(words.rel(token), Rel::Xcomp | Rel::Obj)
        || words.rel(token) == Rel::Obl && words.case(token) == Some("as");
    names
        && words.on(EventRule::NamingIsNoEvent)
        && words
            .head(token)
            .is_some_and(|verb| words.is_in(verb, EventWord::Calling) && named(verb))
}

/// Checks exclusions and conditions, reads the sides, refines the type.
fn build(
    words: &Words<'_>,
    pattern: &Pattern,
    trigger: &Trigger,
    token: usize,
    anchor: TokenRange,
) -> Option<Hit> {
    if pattern.pos == TriggerPos::Noun && is_naming(words, token) {
        return None;
    }
    if is_mere_modifier(words, pattern, token) || is_excluded(words, trigger, token, &anchor) {
        return None;
    }
    let mut anchor = anchor;
    let mut predicate = token;
    let mut weight = trigger.weight;
    let (sides, clause, weapons): (Sides, Option<Clause>, Vec<Found>) = match pattern.pos {
        TriggerPos::Verb => {
            let clause = clause::read(words, token);
            let mut sides = sides::of_verb(words, token, trigger, &clause);
            // The phrase's own words are nobody; "took six suspects into custody" holds others.
            let own = |t: usize| {
                anchor.contains(&t) && pattern.after.iter().any(|word| same_word(words, t, word))
            };
            if sides.b.iter().any(|&t| own(t)) {
                // "shot dead a trader": the tree may take "dead" for the object.
                sides.b.retain(|&t| !own(t));
                if sides.b.is_empty()
                    && words.on(crate::EventRule::VictimBehindParticle)
                    && let Some(noun) = noun_behind(words, anchor.end)
                {
                    sides.undergo(words, noun);
                }
            }
            let weapons = weapons::around_verb(words, token, &clause);
            (sides, Some(clause), weapons)
        }
        TriggerPos::Noun => {
            let sides = noun_sides::of_noun(words, token, trigger);
            let mut weapons = weapons::around_noun(words, token);
            let mut of_verb = None;
            if let Some((verb, _)) = noun_sides::light_verb(words, token) {
                predicate = verb;
                let clause = clause::read(words, verb);
                for found in weapons::around_verb(words, verb, &clause) {
                    if !weapons.iter().any(|w| w.tokens == found.tokens) {
                        weapons.push(found);
                    }
                }
                if matches!(words.rel(token), Rel::Obj) && verb < token && token - verb <= 6 {
                    anchor.start = verb;
                }

                of_verb = Some(clause);
            } else if let Some(verb) = words.head(token).filter(|&h| words.is_verb(h)) {
                predicate = verb;
                if trigger.args == sayso_lexicon::Args::Blast
                    && words.rel(token) == Rel::Nsubj
                    && verb > token
                    && verb - token <= 3
                {
                    // "a car bomb exploded": surer than either word.
                    anchor.end = verb + 1;
                    if words.is_any(verb, &["explode", "detonate"])
                        || (words.is(verb, "go") && words.form(verb + 1) == "off")
                    {
                        weight = weight.max(0.8);
                    }
                }
                if words.is_any(verb, &["use", "employ"]) {
                    // "drones were used in an attack"
                    let clause = clause::read(words, verb);
                    let used = weapons::around_verb(words, verb, &clause);
                    weapons.extend(used.into_iter().map(|found| Found {
                        place: weapons::Place::Means,
                        ..found
                    }));
                }
            }
            (sides, of_verb, weapons)
        }
    };
    // "Teachers began a strike": what rules a trigger out may stand as its subject.
    if sides.a.iter().any(|&t| {
        let mut not = trigger.not.iter().chain(&trigger.not_before);
        not.any(|n| words.is(t, n))
    }) {
        return None;
    }
    let around = Around {
        token,
        sides: &sides,
        clause: clause.as_ref(),
        weapons: &weapons,
    };
    if !condition::any(words, &trigger.needs, &around) {
        return None;
    }
    let frames = &words.lexicon().frames;
    let matched = &frames.all[pattern.frame];
    let mut frame = pattern.frame;
    let mut rule = format!("frame:{}/{}", matched.name, pattern.word);
    if !trigger.fixed
        && let Some(refine) = matched
            .refine
            .iter()
            .filter(|r| !trigger.never.contains(&r.to))
            .find(|r| condition::holds(words, &r.when, &around, false))
        && let Some(to) = frames.named(&refine.to)
    {
        frame = to;
        rule = format!("{rule}>{}:{}", refine.to, refine.when);
    }
    let all = &frames.all[frame];
    let of_trigger = (frame == pattern.frame).then_some(trigger.codes).flatten();
    let of_leaf = || {
        let leaf = |l: &&sayso_lexicon::Leaf| condition::holds(words, &l.when, &around, false);
        all.leaves.iter().find(leaf).map(|l| l.codes)
    };
    let codes = of_trigger.or_else(of_leaf).unwrap_or(all.codes);
    Some(Hit {
        token,
        predicate,
        anchor,
        frame,
        codes,
        matched: (pattern.frame, pattern.trigger),
        pos: pattern.pos,
        weight,
        sides,
        weapons,
        rule,
    })
}

/// The head of the noun phrase that starts at `at`.
pub(super) fn noun_behind(words: &Words<'_>, at: usize) -> Option<usize> {
    let sentence = words.sentence(at);
    let first = (at..sentence.end.min(at + 5)).find(|&t| words.is_noun(t))?;
    let open = (at..first).all(|t| {
        matches!(
            words.upos(t),
            Upos::Det | Upos::Num | Upos::Adj | Upos::Adv | Upos::Punct
        )
    });
    let last = (first..sentence.end)
        .take_while(|&t| words.is_noun(t))
        .last()
        .unwrap_or(first);
    open.then_some(last)
}

/// "attack helicopter", "war crimes", "ceasefire monitors": the trigger only modifies.
fn is_mere_modifier(words: &Words<'_>, pattern: &Pattern, token: usize) -> bool {
    if pattern.pos != TriggerPos::Noun || words.rel(token) != Rel::Compound {
        return false;
    }
    let Some(head) = words.head(token) else {
        return false;
    };
    let carries = words.is_any(
        head,
        &[
            "series",
            "wave",
            "campaign",
            "operation",
            "spree",
            "scene",
            "victim",
            "death",
        ],
    );
    let head_is_trigger = words
        .lexicon()
        .frames
        .patterns(words.form(head))
        .iter()
        .any(|p| p.pos == TriggerPos::Noun);
    head > token && !carries && !head_is_trigger
}

/// Whether a word of the trigger's `not` list stands beside it.
fn is_excluded(words: &Words<'_>, trigger: &Trigger, token: usize, anchor: &TokenRange) -> bool {
    let sentence = words.sentence(token);
    if is_excluded_beside(words, trigger, token, anchor) {
        return true;
    }
    if trigger.not.is_empty() {
        return false;
    }
    let hit = |t: usize| {
        t != token
            && trigger.not.iter().any(|n| words.is(t, n))
            && !is_within_place(words, t)
            && !is_gunfire(words, t)
    };
    let near = anchor
        .start
        .checked_sub(1)
        .into_iter()
        .chain((anchor.end < sentence.end).then_some(anchor.end))
        .filter(|t| sentence.contains(t))
        .any(hit);
    // What stands between or below the words of a phrase rules it out as well ("set up a base of
    // knowledge", "revoked his driving licence").
    let within = anchor.clone().any(hit);
    let below = anchor.clone().flat_map(|t| words.children(t));
    near || within
        || below.into_iter().any(|&child| {
            let beside = matches!(
                words.rel(child),
                Rel::Amod
                    | Rel::Compound
                    | Rel::NmodPoss
                    | Rel::Obj
                    | Rel::Nsubj
                    | Rel::NsubjPass
                    | Rel::NmodDesc
                    | Rel::CompoundPrt
                    | Rel::Advmod
            ) || (matches!(words.rel(child), Rel::Nmod | Rel::Obl)
                && matches!(
                    words.case(child),
                    Some("of" | "with" | "on" | "in" | "from" | "against" | "over" | "by")
                ));
            // "Mussel shells landed": what modifies the subject says what it is.
            let subject_is = words.rel(child) == Rel::Nsubj
                && words
                    .context
                    .syntax
                    .children_by(child, &[Rel::Compound])
                    .any(hit);
            beside && (hit(child) || subject_is)
        })
}

/// Whether a word of the trigger's `not_before` modifies it, or one of `not_after` follows it.
fn is_excluded_beside(
    words: &Words<'_>,
    trigger: &Trigger,
    token: usize,
    anchor: &TokenRange,
) -> bool {
    if trigger.not_before.is_empty() && trigger.not_after.is_empty() {
        return false;
    }
    let sentence = words.sentence(token);
    let one_of = |t: usize, list: &[String]| t != token && list.iter().any(|n| words.is(t, n));
    let before = anchor.start.checked_sub(1);
    let modifiers = words.children(token).iter().copied().filter(|&c| {
        c < token
            && matches!(
                words.rel(c),
                Rel::Amod | Rel::Compound | Rel::NmodPoss | Rel::NmodDesc | Rel::Advmod
            )
    });
    before
        .into_iter()
        .filter(|t| sentence.contains(t))
        .chain(modifiers)
        .any(|t| one_of(t, &trigger.not_before))
        || (sentence.contains(&anchor.end) && one_of(anchor.end, &trigger.not_after))
}

/// Whether `token` is one of the words of a place's name: "a raid in the West Bank" robs no bank.
fn is_within_place(words: &Words<'_>, token: usize) -> bool {
    words.place(token).is_some_and(|p| p.tokens.len() > 1)
}

/// "Army fire killed two": the fire of guns, not one that burns.
fn is_gunfire(words: &Words<'_>, token: usize) -> bool {
    words.is(token, "fire")
        && words.children(token).iter().any(|&c| {
            c < token
                && matches!(words.rel(c), Rel::Amod | Rel::Compound | Rel::NmodPoss)
                && (words.weapon(c).is_some()
                    || words.is_armed(c)
                    || words.name_kind(c) == Some(NameKind::Norp))
        })
}

/// Drops triggers that stand inside a longer one, and modifiers whose head is a trigger too.
fn drop_nested(words: &Words<'_>, hits: &mut Vec<Hit>) {
    let ranges: Vec<(usize, TokenRange, Rel, Option<usize>, TriggerPos)> = hits
        .iter()
        .map(|h| {
            let own = h.anchor.clone();
            (h.token, own, words.rel(h.token), words.head(h.token), h.pos)
        })
        .collect();
    let mut keep = vec![true; hits.len()];
    for (i, (token, range, rel, head, pos)) in ranges.iter().enumerate() {
        for (j, (other, other_range, ..)) in ranges.iter().enumerate() {
            if i == j {
                continue;
            }
            let inside = other_range.contains(token)
                && (other_range.len() > range.len() || (other_range.len() == range.len() && j < i));
            let modifies = *pos == TriggerPos::Noun
                && matches!(rel, Rel::Compound | Rel::Amod)
                && *head == Some(*other);
            // "a bombing targeting the base": the participle says whom the bombing struck.
            let aims = words.on(EventRule::AimOfDeed)
                && words.is(*token, "target")
                && *rel == Rel::Acl
                && *head == Some(*other)
                && hits[j].pos == TriggerPos::Noun;
            if inside || modifies || aims {
                keep[i] = false;
            }
        }
    }
    let mut index = 0;
    hits.retain(|_| {
        index += 1;
        keep[index - 1]
    });
}
