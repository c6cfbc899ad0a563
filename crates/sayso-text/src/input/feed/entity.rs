//! References such as `&amp;`, `&#8217;` and `&rsquo;`.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// Longest reference that is looked for, in bytes.
const LONGEST: usize = 40;

/// What the reference of this name, without `&` and `;`, stands for: XML's, HTML's and numbers.
///
/// Entities that a document declares for itself are not expanded: no feed needs them, and hostile
/// ones grow without bound.
pub(in crate::input) fn resolve(name: &str) -> Option<Cow<'static, str>> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(western(number.ok()?))
            .filter(|c| *c != '\0')
            .map(|c| Cow::Owned(c.to_string()));
    }
    resolve_html5_entity(name).map(Cow::Borrowed)
}

/// Old editors give the numbers of windows-1252, which are controls in Unicode; so does HTML read
/// them.
fn western(number: u32) -> u32 {
    match u8::try_from(number) {
        Ok(byte @ 0x80..=0x9f) => {
            let bytes = [byte];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            text.chars().next().map_or(number, u32::from)
        }
        _ => number,
    }
}

/// The text with its references resolved; unknown ones stand as they are.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after
            .bytes()
            .take(LONGEST)
            .position(|byte| byte == b';' || byte == b'&' || byte == b' ');
        let resolved = end.filter(|end| after.as_bytes().get(*end) == Some(&b';'));
        let resolved = resolved.and_then(|end| Some((resolve(after.get(..end)?)?, end + 1)));
        if let Some((value, length)) = resolved {
            out.push_str(&value);
            rest = after.get(length..).unwrap_or("");
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_references() {
        assert_eq!(
            decode("Tarra&#8217;s &lt;mines&gt; &amp; caf&eacute;s &#x2013; &#150; &nbsp;x"),
            "Tarra’s <mines> & cafés – – \u{a0}x"
        );
    }

    #[test]
    fn what_is_none_stays() {
        for text in [
            "AT&T; a & b",
            "&nosuch;",
            "&#xd800;",
            "&#0;",
            "&#99999999999;",
            "&",
            "&;",
        ] {
            assert_eq!(decode(text), text);
        }
    }
}
