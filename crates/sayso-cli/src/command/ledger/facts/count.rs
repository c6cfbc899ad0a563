//! How many people, as it is typed: `7`, `at least 7`, `5-9`, `none`, `unknown`.

use super::super::super::Failure;

/// How many people, as an analyst says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// Nobody knows. This is never 0.
    Unknown,
    /// Nobody.
    Nobody,
    /// So many.
    Some {
        low: u64,
        high: Option<u64>,
        /// As a sheet has it.
        bound: &'static str,
    },
}

const ALLOWED: &str =
    "a number (7), `at least 7`, `up to 9`, `about 40`, a range (5-9), none or unknown";

impl Count {
    /// Reads what was typed behind the option of this name.
    ///
    /// # Errors
    /// With the option, the words, and what is allowed.
    pub(super) fn parse(option: &'static str, typed: &str) -> Result<Self, Failure> {
        let low = typed.trim().to_lowercase();
        Self::read(&low).ok_or_else(|| Failure::Word {
            what: option,
            word: typed.to_owned(),
            allowed: ALLOWED.to_owned(),
        })
    }

    fn read(typed: &str) -> Option<Self> {
        let some = |low, high, bound| Some(Self::Some { low, high, bound });
        let number = |typed: &str| typed.trim().replace(',', "").parse::<u64>().ok();
        let behind = |word: &str| typed.strip_prefix(word).map(number);
        match typed {
            "unknown" => return Some(Self::Unknown),
            "none" | "0" => return Some(Self::Nobody),
            _ => {}
        }
        if let Some(low) = behind("at least ").or_else(|| typed.strip_suffix('+').map(number)) {
            return some(low.filter(|low| *low > 0)?, None, "at-least");
        }
        if let Some(high) = behind("up to ").or_else(|| behind("at most ")) {
            let high = high.filter(|high| *high > 0)?;
            return some(high, Some(high), "at-most");
        }
        if let Some(about) = behind("about ") {
            return some(about.filter(|about| *about > 0)?, None, "about");
        }
        if let Some((low, high)) = typed.split_once('-') {
            let (low, high) = (number(low)?, number(high)?);
            return (low > 0 && low < high)
                .then_some(())
                .and_then(|()| some(low, Some(high), "about"));
        }
        let exact = number(typed)?;
        some(exact, Some(exact), "exact")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(low: u64, high: Option<u64>, bound: &'static str) -> Count {
        Count::Some { low, high, bound }
    }

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (typed, count) in [
            ("7", some(7, Some(7), "exact")),
            ("1,200", some(1200, Some(1200), "exact")),
            ("at least 7", some(7, None, "at-least")),
            ("7+", some(7, None, "at-least")),
            ("up to 9", some(9, Some(9), "at-most")),
            ("About 40", some(40, None, "about")),
            ("5-9", some(5, Some(9), "about")),
            ("none", Count::Nobody),
            ("0", Count::Nobody),
            (" unknown ", Count::Unknown),
        ] {
            assert_eq!(Count::parse("--killed", typed).unwrap(), count, "{typed}");
        }
    }

    #[test]
    fn what_is_no_count_is_told_with_the_option() {
        for typed in ["many", "", "9-5", "-3", "7.5", "at least", "0+"] {
            let told = Count::parse("--killed", typed).unwrap_err().to_string();
            assert!(
                told.contains(&format!("`{typed}` is no --killed")) && told.contains("unknown"),
                "{told}"
            );
        }
    }
}
