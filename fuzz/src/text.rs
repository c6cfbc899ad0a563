//! Plain text (`t`), JSON lines (`l`), days and times (`d`).

use sayso_ledger::Moment;
use sayso_text::Published;
use sayso_text::input::Format;

use crate::reports::drain;
use crate::seed;

pub(crate) fn run(bytes: &[u8]) {
    match bytes.split_first() {
        Some((b't', rest)) => drain(rest, Format::Text),
        Some((b'd', rest)) => dates(&String::from_utf8_lossy(rest)),
        Some((_, rest)) => drain(rest, Format::Lines),
        None => {}
    }
}

/// A day or time that is understood is understood again as it is written then.
fn dates(text: &str) {
    for line in text.lines().take(64) {
        if let Ok(published) = Published::parse(line) {
            let again = Published::parse(published.as_written());
            assert_eq!(again.ok().as_ref(), Some(&published));
        }
        for moment in [Moment::parse(line), Moment::latest(line)] {
            let Some(moment) = moment else { continue };
            assert_eq!(Moment::parse(&moment.to_string()), Some(moment));
        }
    }
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let wide = |text: &str| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect()
    };
    vec![
        seed(b't', include_bytes!("../../samples/camp-cordon.txt")),
        seed(b't', include_bytes!("../../samples/attaque-pont.txt")),
        seed(b't', include_bytes!("../../samples/old-wire.txt")),
        seed(b't', wide("Road closed\n\nThe road to Tarra was closed.")),
        seed(
            b't',
            "كتيبة\u{202e} 12\u{200b}0 km U.S. Gen. N'Dour's \"no-one\u{2019}d\" (a.m.) 3.5m e@x.example #t @u \
             http://x.example/a?b=c … «—» 1,200–1,300 ½ २३ 一二三。四五",
        ),
        seed(
            b'd',
            "2025-10-22\n2025-10-22T14:00:00Z\n2025-10-22T23:59:60.999999999+14:00\n2025-10-22 14:00\n\
             -009999-01-01\n9999-12-31T23:59:59Z\n 2025-02-29 \n20251022T1400Z\n2025-W43-3",
        ),
        seed(b'l', include_bytes!("../../samples/three-incidents.jsonl")),
        seed(
            b'l',
            "{\"text\":\"a\",\"id\":\"r\",\"title\":null,\"published\":\"2025-10-22T14:00:00Z\",\
             \"outlet\":\"o\",\"url\":\"u\",\"language\":\"en\",\"author\":\"w\",\"updated\":\
             \"2025-10-23\",\"forwarded_from\":\"f\",\"reply_to\":\"q\"}\r\n[1]\n{}\n{\"text\":7}",
        ),
    ]
}
