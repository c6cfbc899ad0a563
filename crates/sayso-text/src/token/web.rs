//! Addresses, handles, hashtags, file names and smileys: one token each.

/// Longest address that is looked at, in bytes, so that hostile input stays linear.
const LONGEST: usize = 2048;
const LONGEST_HOST: usize = 253;

/// Last labels that make `a.b` a host. Those that are English words too (`in`, `is`, `to`, `me`)
/// are left out: a lost space after a full stop is more frequent than such a host.
const HOSTS: &[&str] = &[
    "app", "ar", "biz", "br", "ca", "ch", "cn", "co", "com", "de", "edu", "es", "eu", "fr", "gov",
    "htm", "html", "il", "info", "int", "io", "ir", "jp", "ke", "ly", "mil", "ml", "mx", "net",
    "ng", "nl", "org", "pk", "ru", "sd", "so", "ss", "sy", "tr", "tv", "ua", "ug", "uk", "ye",
];

const FILES: &[&str] = &[
    "avi", "csv", "doc", "docx", "exe", "gif", "jpeg", "jpg", "mov", "mp3", "mp4", "pdf", "png",
    "ppt", "pptx", "rtf", "txt", "url", "xls", "xlsx", "xml", "zip",
];

const SMILEYS: &[&str] = &[
    ":-)", ":-(", ";-)", ":-D", ":-P", "^_^", ":)", ":(", ";)", ":D", ":P", "=)", ":/", "<3",
];

/// Length of the address, handle, hashtag, file name or smiley at the start of `rest`, which runs
/// to the end of a chunk without white space; 0 for none.
pub(super) fn web(rest: &str, at_start: bool) -> usize {
    let bytes = rest.as_bytes();
    let Some(&first) = bytes.first() else {
        return 0;
    };
    match first {
        b'#' | b'@' => tag(rest),
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => address(rest),
        b':' | b';' | b'=' | b'^' | b'<' if at_start => smiley(rest),
        _ => 0,
    }
}

fn tag(rest: &str) -> usize {
    let mut length = 1;
    let mut letters = false;
    for c in rest[1..].chars() {
        if !(super::class::is_word(c)) {
            break;
        }
        letters |= c.is_alphabetic();
        length += c.len_utf8();
    }
    if letters { length } else { 0 }
}

fn smiley(rest: &str) -> usize {
    SMILEYS
        .iter()
        .find(|face| {
            rest.strip_prefix(**face)
                .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
        })
        .map_or(0, |face| face.len())
}

fn address(rest: &str) -> usize {
    let limit = rest.len().min(LONGEST);
    let bytes = &rest.as_bytes()[..limit];
    let host = bytes
        .iter()
        .take(LONGEST_HOST + 1)
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+' | b'%')))
        .unwrap_or(limit);
    if host > LONGEST_HOST {
        return 0;
    }
    let tail = &bytes[host..];
    if tail.starts_with(b"://") {
        let scheme = &bytes[..host];
        return if scheme.iter().all(u8::is_ascii_alphabetic) && tail.len() > 3 {
            trimmed(rest, limit)
        } else {
            0
        };
    }
    if rest.len() > 4 && rest.as_bytes()[..4].eq_ignore_ascii_case(b"www.") {
        return trimmed(rest, limit);
    }
    if tail.starts_with(b":") && bytes[..host].eq_ignore_ascii_case(b"mailto") {
        return trimmed(rest, limit);
    }
    if tail.first() == Some(&b'@') {
        let domain = tail[1..]
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')))
            .unwrap_or(tail.len() - 1);
        let name = &tail[1..=domain];
        let kept = name.len() - name.iter().rev().take_while(|b| **b == b'.').count();
        return if kept > 0 { host + 1 + kept } else { 0 };
    }
    let name = &rest[..host];
    let name = name.trim_end_matches(['.', '-', '_', '+', '%']);
    dotted(name, tail, rest, limit)
}

/// `host.org`, `host.org/path`, `annex.pdf`, `alt.news.group`.
fn dotted(name: &str, tail: &[u8], rest: &str, limit: usize) -> usize {
    let Some((head, last)) = name.rsplit_once('.') else {
        return 0;
    };
    let plain = head
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    if !plain || head.is_empty() || head.contains("..") || head.ends_with('.') {
        return 0;
    }
    let known = |list: &[&str]| {
        list.binary_search(&last).is_ok()
            || (last.bytes().all(|b| b.is_ascii_uppercase())
                && head.bytes().all(|b| !b.is_ascii_lowercase())
                && list.iter().any(|l| l.eq_ignore_ascii_case(last)))
    };
    let host = known(HOSTS) && head.bytes().any(|b| b.is_ascii_alphabetic()) && head.len() > 1;
    if host && tail.first() == Some(&b'/') && name.len() < rest.len() {
        return trimmed(rest, limit);
    }
    let group = head.matches('.').count() >= 1
        && name.split('.').all(|label| {
            label.len() > 1
                && label
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && label.bytes().any(|b| b.is_ascii_lowercase())
        });
    if host || known(FILES) || group {
        name.len()
    } else {
        0
    }
}

/// An address up to the end of the chunk, without the punctuation that follows it in a sentence.
fn trimmed(rest: &str, limit: usize) -> usize {
    let mut end = limit;
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let stop = rest[..end]
        .find(['<', '>', '"', '“', '”', '|', '«', '»'])
        .unwrap_or(end);
    let mut address = &rest[..stop];
    // Closing brackets stay as far as the address opened them.
    let surplus = |close: char, open: char| {
        let closed = address.matches(close).count();
        closed.saturating_sub(address.matches(open).count())
    };
    let (mut round, mut square) = (surplus(')', '('), surplus(']', '['));
    loop {
        let cut = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*']);
        let cut = match cut.chars().next_back() {
            Some(')') if round > 0 => {
                round -= 1;
                &cut[..cut.len() - 1]
            }
            Some(']') if square > 0 => {
                square -= 1;
                &cut[..cut.len() - 1]
            }
            _ => cut,
        };
        if cut.len() == address.len() {
            return cut.len();
        }
        address = cut;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(HOSTS.is_sorted() && FILES.is_sorted());
    }

    #[test]
    fn finds_addresses() {
        for (text, length) in [
            ("https://example.org/a_(b)?c=1).", 29),
            ("www.example.org,", 15),
            ("desk@example.org.", 16),
            ("example.org/path", 16),
            ("annex.pdf", 9),
            ("#Harim", 6),
            ("#1", 0),
            ("killed.The", 0),
            ("killed.in", 0),
            ("U.S.", 0),
            ("p.m.", 0),
        ] {
            assert_eq!(web(text, true), length, "{text}");
        }
    }
}
