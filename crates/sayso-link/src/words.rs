//! Words of a text as the linker counts them.

/// The runs of letters and digits of `text`, with apostrophes inside them.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
}

/// A word in lower case, without the ending of a possessive: “Harim’s” is “harim”.
pub fn folded(word: &str) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    lower
        .strip_suffix("'s")
        .map_or_else(|| lower.clone(), str::to_owned)
}

/// Whether a word begins with a capital letter.
pub fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a word is a number in digits.
pub fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A hash of `text` that is the same on every machine and in every version (FNV-1a, 64 bits).
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_inner_apostrophes_and_lose_outer_ones() {
        let found: Vec<&str> = words("‘Sana’a’, 14 killed – the army's").collect();
        assert_eq!(found, ["Sana’a", "14", "killed", "the", "army's"]);
        assert_eq!(folded("Harim’s"), "harim");
        assert_eq!(folded("Sana’a"), "sana'a");
    }

    #[test]
    fn a_hash_never_changes() {
        assert_eq!(hash(""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(hash("a"), 0xAF63_DC4C_8601_EC8C);
    }
}
