//! Content of verbs by the frames of their cue: objects, infinitives, passives.

use sayso_lexicon::Frame;
use sayso_text::{Rel, TokenRange, Upos, Xpos};

use super::clause::{self, Content};
use super::cue::{self, Hit};
use super::infinitive::{infinitive, infinitive_of_addressee};
use super::medium;
use super::source;
use super::view::View;
use crate::StatementRule as Rule;

/// The content of a verb cue: the first of its frames that the text fills.
pub(super) fn of_verb(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    if cue::passive(view, hit.main) {
        return super::passive::passive(view, hit);
    }
    let verb = hit.main;
    let takes = |frame| hit.cue.takes(frame);
    let clause_below = view
        .child(verb, &[Rel::Ccomp])
        .is_some_and(|c| view.reach(c).len() > 1);
    // A clause in the tree comes before an object, an object before a clause by order alone.
    if !clause_below
        && (takes(Frame::WithOf) || takes(Frame::Against))
        // "warned the miners of the north to leave": the miners' own "of".
        && !(takes(Frame::ToInf) && infinitive_of_addressee(view, hit).is_some())
        && let Some(content) = of_whom_any(view, hit, &["of", "against", "over"])
        && content.to.is_some()
    {
        return Some(content);
    }
    if !clause_below
        && takes(Frame::Obj)
        && let Some(content) = before_relative(view, verb)
    {
        return Some(content);
    }
    // "had denied firing on the crowd": what is denied stands right behind, whatever is around.
    if takes(Frame::Obj)
        && let Some(content) = object_gerund(view, hit)
    {
        return Some(content);
    }
    if takes(Frame::Clause)
        && (clause_below || !takes(Frame::Obj) || object(view, verb).is_none())
        && !(takes(Frame::ToInf) && infinitive_of_addressee(view, hit).is_some())
        && !(takes(Frame::Inf) && infinitive(view, verb).is_some() && !clause_below)
        && let Some(content) = clause::find(view, hit)
    {
        return Some(content);
    }
    for &frame in &hit.cue.frames {
        let found = match frame {
            Frame::Clause | Frame::Pass | Frame::PassOf | Frame::Own => None,
            // "…, he went on, …" is as good as quotation marks.
            Frame::Quote => clause::find(view, hit)
                .filter(|c| is_quoted(view, c) || (interrupts(c) && is_bare(view, verb))),
            Frame::Obj => super::object_behind_as::find(view, hit).or_else(|| of_object(view, hit)),
            Frame::Inf => infinitive(view, verb),
            Frame::ToInf => infinitive_of_addressee(view, hit),
            Frame::Prep => of_preposition(view, hit),
            Frame::ObjOf => object_and(view, hit, &["of"], false),
            Frame::ObjFor => object_and(view, hit, &["for", "over"], false),
            Frame::ObjIn => object_and(view, hit, &["in"], false),
            Frame::ObjTo => object_and(view, hit, &["to"], true),
            Frame::ObjOn => object_and(view, hit, &["on"], true),
            Frame::ObjAt => object_and(view, hit, &["at"], true)
                .or_else(|| up_to_figure(view, hit))
                .filter(|c| is_figure(view, c)),
            Frame::With => object_and(view, hit, &["with"], true),
            Frame::As => object_and(view, hit, &["as"], true),
            Frame::AsOnly => None,
            Frame::AsObj => object_and_predicate(view, hit),
            Frame::Rest => rest(view, hit),
            Frame::WithOf | Frame::Of => of_whom(view, hit, "of"),
            Frame::Against => of_whom(view, hit, "against"),
            Frame::For | Frame::About | Frame::From => {
                of_whom_any(view, hit, &["for", "about", "over", "on", "at"])
            }
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// "put the number of dead in the clashes at 37", with the figure hung on the clashes.
fn up_to_figure(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    let at = hit.last();
    let object = object(view, hit.main).filter(|&o| o < at)?;
    let figure = view.head(at).filter(|&h| h > at)?;
    Some(Content {
        ranges: vec![view.reach(object).start..view.reach(figure).end],
        head: Some(object),
        rule: Some(Rule::ObjectAndPhrase),
        ..Content::default()
    })
}

/// "put the toll at 37", but not "put guards at the gate": the phrase counts something.
fn is_figure(view: &View<'_>, content: &Content) -> bool {
    let words = content.ranges.iter().flat_map(Clone::clone);
    words
        .skip_while(|&i| view.lower(i) != "at")
        .take(6)
        .any(|i| {
            view.upos(i) == Upos::Num
                || view
                    .lexicon()
                    .events
                    .quantities
                    .word(view.lower(i))
                    .is_some()
        })
}

fn interrupts(content: &Content) -> bool {
    matches!(
        content.rule,
        Some(Rule::ClauseAroundCue | Rule::InterruptedByCue)
    )
}

/// Whether nothing but particles, adverbs and marks hangs behind the verb: "he went on", but not
/// "the police answer to it".
fn is_bare(view: &View<'_>, verb: usize) -> bool {
    view.children(verb).iter().all(|&c| {
        c < verb
            || view.is_punct(c)
            || view.is_verb(c)
            || matches!(view.upos(c), Upos::Adv | Upos::Adp | Upos::Part)
            || source::is_time(view, c)
    })
}

fn is_quoted(view: &View<'_>, content: &Content) -> bool {
    content.ranges.first().is_some_and(|r| {
        view.quotes
            .iter()
            .any(|q| q.inside.len() > 2 && r.start <= q.inside.end && q.inside.start <= r.start + 1)
    })
}

/// The object of `verb`: a noun phrase behind it. "promised them within a week" has no other.
fn object(view: &View<'_>, verb: usize) -> Option<usize> {
    view.child(verb, &[Rel::Obj])
        .or_else(|| {
            view.child(verb, &[Rel::Iobj])
                .filter(|_| view.has(Rule::PronounIsObject))
                .filter(|_| view.child(verb, &[Rel::Ccomp, Rel::Xcomp]).is_none())
                .filter(|&o| view.upos(o) == Upos::Pron)
        })
        // A wrong tree: "demand five months of pay", with the pay as a modifier.
        .or_else(|| {
            view.child(verb, &[Rel::Nmod])
                .filter(|&o| o > verb && view.is_nominal(o))
                .filter(|&o| view.case_of(o).is_none() && view.reach(o).start == verb + 1)
        })
        .filter(|&o| o > verb)
}

fn of_object(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    if !view.has(Rule::Object) {
        return None;
    }
    let verb = hit.main;
    // With a gap in the pattern, the object is the last word that matched.
    let patterned = hit.matched.len() > 1;
    let aside = object_behind_aside(view, verb);
    if let Some(object) =
        object(view, verb).filter(|o| aside.as_ref().is_none_or(|a| a.contains(o)))
    {
        let same = !patterned
            || hit.last() == object
            || view.upos(hit.last()) == Upos::Adp
            || view.rel(hit.last()) == Rel::CompoundPrt
            || view.dominates(object, hit.last());
        if !same || (view.upos(object) == Upos::Pron && view.xpos(object) == Xpos::WDT) {
            return None;
        }
        let reach = view.reach(object);
        let start = object_start(view, hit, reach.start.max(verb + 1));
        let end = stretch(view, verb, reach.end);
        let end = before_next_cue(view, verb, start, end);
        return Some(Content {
            ranges: vec![start..end],
            head: Some(object),
            rule: Some(Rule::Object),
            ..Content::default()
        });
    }
    // "denied, in statements on its channels, the existence of …"
    if let Some(range) = aside.filter(|_| view.has(Rule::ObjectBehindAside)) {
        return Some(Content {
            head: range.clone().find(|&i| view.is_nominal(i)),
            ranges: vec![range],
            rule: Some(Rule::ObjectBehindAside),
            ..Content::default()
        });
    }
    object_gerund(view, hit).or_else(|| before_relative(view, verb))
}

/// "denied having planted the mine".
fn object_gerund(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    let verb = hit.main;
    let gerund = view.children(verb).iter().copied().find(|&c| {
        c > verb
            && matches!(view.rel(c), Rel::Xcomp | Rel::Ccomp | Rel::Advcl)
            && view.xpos(verb + 1) == Xpos::VBG
            && view.reach(c).start == verb + 1
    })?;
    (hit.matched.len() == 1 && view.has(Rule::ObjectGerund)).then(|| Content {
        ranges: vec![view.reach(gerund)],
        head: Some(gerund),
        rule: Some(Rule::ObjectGerund),
        ..Content::default()
    })
}

/// "the charges, which the army denied": the antecedent, a noun phrase or a clause.
fn before_relative(view: &View<'_>, verb: usize) -> Option<Content> {
    if !view.has(Rule::ObjectBeforeRelative) {
        return None;
    }
    let sentence = view.sentence(verb);
    // "an accusation the government denies"
    if view.rel(verb) == Rel::AclRelcl
        && object(view, verb).is_none()
        && let Some(antecedent) = view.head(verb).filter(|&h| h < verb && view.is_nominal(h))
        && let Some(subject) = view.child(verb, &[Rel::Nsubj])
        && antecedent < view.reach(subject).start
        && view.reach(subject).start == source::phrase(view, antecedent).end
    {
        return Some(Content {
            ranges: vec![source::phrase(view, antecedent)],
            head: Some(antecedent),
            rule: Some(Rule::ObjectBeforeRelative),
            ..Content::default()
        });
    }
    let pronoun = (sentence.start..verb)
        .rev()
        .take(8)
        .find(|&i| matches!(view.xpos(i), Xpos::WDT | Xpos::WP) && view.lower(i) == "which")?;
    // The pronoun is what is denied: the verb has a subject of its own and no object behind it.
    let own_subject = view.child(verb, &[Rel::Nsubj]).is_some_and(|s| s > pronoun)
        || (pronoun + 1..verb).any(|i| view.is_nominal(i));
    let behind_comma = pronoun > sentence.start && view.lower(pronoun - 1) == ",";
    if !own_subject
        || object(view, verb).is_some()
        || !(view.rel(verb) == Rel::AclRelcl || behind_comma)
    {
        return None;
    }
    let antecedent = match view.head(verb) {
        Some(head) if head < pronoun => head,
        // A wrong tree: the words before the comma.
        _ => (sentence.start..pronoun)
            .rev()
            .find(|&i| view.is_nominal(i) || view.is_verb(i))?,
    };
    let range = if view.is_nominal(antecedent) {
        let noun = source::phrase(view, antecedent);
        noun.start..noun.end.min(pronoun)
    } else {
        let reach = view.reach(antecedent);
        let that = usize::from(view.lower(reach.start) == "that");
        reach.start + that..pronoun
    };
    (range.start < range.end).then(|| Content {
        ranges: vec![range],
        head: Some(antecedent),
        rule: Some(Rule::ObjectBeforeRelative),
        ..Content::default()
    })
}

/// The words behind a prepositional phrase between commas that parts a verb from its object.
fn object_behind_aside(view: &View<'_>, verb: usize) -> Option<TokenRange> {
    let sentence = view.sentence(verb);
    if view.lower(verb + 1) != "," || view.upos(verb + 2) != Upos::Adp {
        return None;
    }
    let comma = (verb + 3..(verb + 18).min(sentence.end)).find(|&i| view.lower(i) == ",")?;
    let start = comma + 1;
    if start >= sentence.end
        || !matches!(
            view.upos(start),
            Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num
        )
    {
        return None;
    }
    let end = (start..sentence.end)
        .find(|&i| view.lower(i) == "," || view.lower(i) == ";")
        .unwrap_or(sentence.end);
    // An object has no finite verb before the next comma; a clause would.
    let clause = (start..end).any(|i| view.is_finite(i) && view.rel(i) != Rel::AclRelcl);
    // The mark that closes a quotation stands behind the comma.
    let end = end + usize::from(view.quotes.iter().any(|q| q.close == Some(end + 1))) * 2;
    (!clause).then_some(start..end.min(sentence.end))
}

/// Ends an object before "and appealed …", a second verb of the same subject in the same tense.
pub(super) fn before_next_cue(view: &View<'_>, verb: usize, start: usize, end: usize) -> usize {
    (start + 1..end)
        .filter(|_| view.has(Rule::CutNextCue))
        .find(|&i| {
            matches!(view.lower(i - 1), "and" | "but")
                && (view.xpos(i) == view.xpos(verb)
                    || (view.xpos(i) == Xpos::VBN && view.lower(i).ends_with("ed")))
                && view.child(i, &[Rel::Nsubj, Rel::NsubjPass]).is_none()
                && cue::is_cue_verb(view, i)
                && !cue::at(view, i).is_empty()
        })
        .map_or(end, |i| i - 1)
}

/// Takes in modifiers of `verb` that follow its object at once and are neither medium nor agent.
fn stretch(view: &View<'_>, verb: usize, from: usize) -> usize {
    let mut end = from;
    for &child in view.children(verb) {
        let reach = view.reach(child);
        if reach.start < end || child < verb {
            continue;
        }
        let modifier = matches!(
            view.rel(child),
            Rel::Obl | Rel::OblUnmarked | Rel::Nmod | Rel::Advmod | Rel::Acl
        );
        let addressee = view.case_of(child).is_some_and(|k| view.lower(k) == "to")
            && source::is_speaker(view, child);
        if reach.start != end
            || !modifier
            || addressee
            || medium::is_medium(view, child)
            || !view.has(Rule::TrailingWords)
        {
            break;
        }
        end = reach.end;
    }
    end
}

/// What the preposition that ends the cue governs.
fn of_preposition(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    if !view.has(Rule::ObjectOfPreposition) {
        return None;
    }
    let p = hit.last();
    let start = p + 1;
    let sentence = view.sentence(p);
    let governed = view
        .head(p)
        .filter(|&h| h > p && matches!(view.rel(p), Rel::Case | Rel::Mark | Rel::Fixed))
        .or_else(|| view.child(hit.main, &[Rel::Obj]).filter(|&o| o > p));
    let end = match governed {
        Some(g) => stretch(view, hit.main, view.reach(g).end.max(start)),
        None => (start..sentence.end)
            .find(|&i| view.is_punct(i))
            .unwrap_or(sentence.end),
    };
    (start < end).then(|| Content {
        ranges: vec![start..end],
        head: governed.or(Some(start)),
        rule: Some(Rule::ObjectOfPreposition),
        ..Content::default()
    })
}

/// A modifier of `verb` or of its object with one of the prepositions `words`.
pub(super) fn modifier(
    view: &View<'_>,
    verb: usize,
    object: Option<usize>,
    words: &[&str],
) -> Option<usize> {
    let among = |parent: usize| {
        view.children(parent).iter().copied().find(|&c| {
            c > verb
                && view.children(c).iter().any(|&k| {
                    k < c
                        && matches!(view.rel(k), Rel::Case | Rel::Mark | Rel::Advmod)
                        && words.contains(&view.lower(k))
                })
        })
    };
    among(verb).or_else(|| object.and_then(among))
}

/// Object and the phrase with one of `words`: "the army of stealing cattle".
fn object_and(view: &View<'_>, hit: &Hit<'_>, words: &[&str], needed: bool) -> Option<Content> {
    if !view.has(Rule::ObjectAndPhrase) {
        return None;
    }
    let verb = hit.main;
    let object = view
        .child(verb, &[Rel::Obj, Rel::Iobj])
        .filter(|&o| o > verb);
    let phrase = modifier(view, verb, object, words);
    if needed && phrase.is_none() {
        return None;
    }
    let object = object.or_else(|| {
        // A wrong tree: the noun right behind the verb.
        (verb + 1..(verb + 8).min(view.len())).find(|&i| view.is_nominal(i))
    })?;
    let reach = view.reach(object);
    let start = object_start(view, hit, reach.start.max(verb + 1));
    let sentence = view.sentence(verb);
    let end = match phrase {
        Some(p) => view.reach(p).end.max(reach.end),
        // A wrong tree: the preposition right behind the object, whatever it hangs on.
        None if words.contains(&view.lower(reach.end)) && reach.end + 1 < sentence.end => {
            let governed = view.head(reach.end).filter(|&h| h > reach.end);
            governed.map_or_else(
                || {
                    (reach.end..sentence.end)
                        .find(|&i| view.is_punct(i))
                        .unwrap_or(sentence.end)
                },
                |g| stretch(view, verb, view.reach(g).end),
            )
        }
        None => stretch(view, verb, reach.end),
    };
    // "accused the local authorities in the hills of …": a long object is who is accused, the
    // phrase is what is said; a short one stays with it.
    let phrase_start = phrase.map(|p| view.reach(p).start).filter(|&p| p > object);
    let start = match phrase_start {
        Some(p) if words == ["of"] && p - start > 3 && view.has(Rule::LongObject) => p,
        _ => start,
    };
    Some(Content {
        ranges: vec![start..end],
        head: phrase.or(Some(object)),
        rule: Some(Rule::ObjectAndPhrase),
        ..Content::default()
    })
}

/// Where the object starts: right behind the cue, unless a comma or an adverb stands between.
fn object_start(view: &View<'_>, hit: &Hit<'_>, start: usize) -> usize {
    let mut at = hit.main + 1;
    while at < start && view.upos(at) == Upos::Adv {
        at += 1;
    }
    let plain = (at..start).all(|i| {
        matches!(
            view.upos(i),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num | Upos::Cconj
        )
    });
    if plain && hit.matched.len() == 1 {
        at.min(start)
    } else {
        start
    }
}

fn object_and_predicate(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    if !view.has(Rule::ObjectAndPredicate) {
        return None;
    }
    let verb = hit.main;
    let object = object(view, verb)?;
    // "calling itself the Tigers" is a name.
    if view.lower(object).ends_with("self") || view.lower(object).ends_with("selves") {
        return None;
    }
    let predicate = view
        .child(verb, &[Rel::Xcomp, Rel::Obl])
        // "called them bandits", but not "called them to lunch".
        .filter(|&p| p > object && view.case_of(p).is_none())?;
    Some(Content {
        ranges: vec![view.reach(object).start..view.reach(predicate).end],
        head: Some(predicate),
        rule: Some(Rule::ObjectAndPredicate),
        ..Content::default()
    })
}

/// The last words of the cue and what depends on them: "responsibility for the blast".
fn rest(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    let from = hit.matched.get(1).copied()?;
    // "the blast, for which a cell has claimed responsibility": the antecedent.
    if view.rel(hit.main) == Rel::AclRelcl
        && view.has(Rule::AntecedentOfCue)
        && let Some(antecedent) = view.head(hit.main)
        && !matches!(view.lower(from + 1), "for" | "of")
    {
        let noun = source::phrase(view, antecedent);
        return Some(Content {
            ranges: vec![noun.start..noun.end.min(hit.main)],
            head: Some(antecedent),
            rule: Some(Rule::AntecedentOfCue),
            ..Content::default()
        });
    }
    if !view.has(Rule::RestOfCue) {
        return None;
    }
    let reach = view.reach(from);
    let start = hit.matched.get(1).copied().unwrap_or(reach.start);
    let end = stretch(view, hit.main, reach.end.max(start + 1));
    Some(Content {
        ranges: vec![start..end],
        head: Some(from),
        rule: Some(Rule::RestOfCue),
        ..Content::default()
    })
}

/// "warned the army of …": the phrase with its preposition; the object is the addressee.
fn of_whom(view: &View<'_>, hit: &Hit<'_>, word: &str) -> Option<Content> {
    of_whom_any(view, hit, &[word])
}

fn of_whom_any(view: &View<'_>, hit: &Hit<'_>, words: &[&str]) -> Option<Content> {
    if !view.has(Rule::PhraseOfCue) {
        return None;
    }
    let verb = hit.main;
    let object = view
        .child(verb, &[Rel::Obj, Rel::Iobj])
        .filter(|&o| o > verb);
    let phrase =
        modifier(view, verb, object, words).or_else(|| modifier(view, hit.last(), None, words))?;
    let addressee = object.filter(|&o| hit.matched.len() == 1 && o < phrase);
    Some(Content {
        ranges: vec![view.reach(phrase)],
        head: Some(phrase),
        rule: Some(Rule::PhraseOfCue),
        to: addressee,
        ..Content::default()
    })
}
