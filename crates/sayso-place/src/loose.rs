//! Names that sound alike: a search of the index that lets vowels and doubled letters vary.
//!
//! Transliterations differ mostly in vowels ("Fasher", "Fashir"), in doubled consonants ("Maarat",
//! "Maarrat"), in a last `h` ("Raqqa", "Raqqah"), in `q` for `k`, and in the article. The pattern is
//! a small nondeterministic automaton, run over the index with its states in one word.

use fst::Automaton;

/// Fewest consonants of a name that is searched loosely; shorter ones match half the world.
const FEWEST_CONSONANTS: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    /// One or more vowels (`y` and `w` count as such).
    Vowels,
    /// One consonant, once or twice.
    Consonant(u8),
    /// A space, with or without an article after it.
    Space,
}

/// A folded name as a loose pattern.
pub(crate) struct Loose {
    elements: Vec<Element>,
}

impl Loose {
    /// Makes the pattern of `folded`; `None` where the name is too short, too long or not in
    /// plain Latin letters.
    pub(crate) fn of(folded: &str) -> Option<Self> {
        let bare = folded.strip_prefix("al ").unwrap_or(folded);
        let mut elements = Vec::new();
        let mut consonants = 0;
        for token in bare.split(' ').filter(|&token| token != "al") {
            if !elements.is_empty() {
                elements.push(Element::Space);
            }
            let bytes = token.as_bytes();
            for (i, &byte) in bytes.iter().enumerate() {
                let element = match byte {
                    b if is_vowel(b) => Element::Vowels,
                    b'h' if i > 0 && i + 1 == bytes.len() && is_vowel(bytes[i - 1]) => continue,
                    b if b.is_ascii_lowercase() => Element::Consonant(class(b)),
                    _ => return None,
                };
                if elements.last() == Some(&element) {
                    continue;
                }
                consonants += usize::from(matches!(element, Element::Consonant(_)));
                elements.push(element);
            }
        }
        (consonants >= FEWEST_CONSONANTS && elements.len() < 30).then_some(Self { elements })
    }
}

/// What a loose search hears of a folded name: names with one skeleton find one another.
#[cfg(feature = "build")]
pub(crate) fn skeleton(folded: &str) -> Option<String> {
    let loose = Loose::of(folded)?;
    let heard = loose.elements.iter().map(|element| match element {
        Element::Vowels => 'a',
        Element::Consonant(consonant) => char::from(*consonant),
        Element::Space => ' ',
    });
    Some(heard.collect())
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'w')
}

/// Consonants that are written for one another.
fn class(byte: u8) -> u8 {
    match byte {
        b'q' | b'c' => b'k',
        b'j' => b'g',
        other => other,
    }
}

/// States: bit `2i` says that `i` elements are matched; bit `2i + 1` that of the element after
/// them a part is: vowels that may go on, or an article that is begun.
impl Automaton for Loose {
    type State = u64;

    fn start(&self) -> u64 {
        1
    }

    fn is_match(&self, &state: &u64) -> bool {
        state & (1 << (2 * self.elements.len())) != 0
    }

    fn can_match(&self, &state: &u64) -> bool {
        state != 0
    }

    fn accept(&self, &state: &u64, byte: u8) -> u64 {
        let mut next = 0;
        for at in 0..=self.elements.len() {
            let here = state & (1 << (2 * at)) != 0;
            let begun = state & (1 << (2 * at + 1)) != 0;
            if here {
                match self.elements.get(at) {
                    Some(Element::Vowels) if is_vowel(byte) => next |= 1 << (2 * (at + 1)),
                    Some(Element::Consonant(c)) if class(byte) == *c => next |= 1 << (2 * (at + 1)),
                    Some(Element::Space) if byte == b' ' => next |= 1 << (2 * (at + 1)),
                    _ => {}
                }
                let before = at.checked_sub(1).and_then(|i| self.elements.get(i));
                match before {
                    // Vowels go on, a consonant is doubled, a last `h` is not heard.
                    Some(Element::Vowels) if is_vowel(byte) => next |= 1 << (2 * at),
                    Some(Element::Vowels)
                        if byte == b'h'
                            && matches!(self.elements.get(at), None | Some(Element::Space)) =>
                    {
                        next |= 1 << (2 * at);
                    }
                    Some(Element::Consonant(c)) if class(byte) == *c => next |= 1 << (2 * at),
                    // An article: `a`, then `l`, then a space.
                    None | Some(Element::Space) if byte == b'a' => next |= 1 << (2 * at + 1),
                    _ => {}
                }
            }
            if begun {
                match byte {
                    b'l' => next |= 1 << (2 * at + 1),
                    b' ' => next |= 1 << (2 * at),
                    _ => {}
                }
            }
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(query: &str, key: &str) -> bool {
        let Some(loose) = Loose::of(query) else {
            return false;
        };
        let end = key
            .bytes()
            .fold(loose.start(), |state, byte| loose.accept(&state, byte));
        loose.is_match(&end)
    }

    #[test]
    fn transliterations_match() {
        for (query, key) in [
            ("al fasher", "al fashir"),
            ("fasher", "al fashir"),
            ("maarat al numan", "maarrat al numan"),
            ("maaret al nouman", "maarrat al numan"),
            ("hodeida", "hudaydah"),
            ("deir al zor", "dayr al zawr"),
            ("kandahar", "qandahar"),
            ("homs", "hims"),
        ] {
            assert!(alike(query, key), "{query} and {key}");
        }
        assert!(!alike("harim", "haram al sharif"));
        assert!(!alike("goma", "gama"), "two consonants are too few");
    }
}
