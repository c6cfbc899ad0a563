//! Lines no longer than a limit: a stream without an end of line cannot fill the memory.

use std::io::{self, BufRead, Read as _};

/// What [`bounded_line`] met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounded {
    /// A line; it may be empty.
    Line,
    /// A line that is longer than the limit. It was passed over; nothing of it is kept.
    TooLong,
    /// The end of the stream.
    End,
}

/// Reads the next line of `reader` into `line`, its end included and what was in it thrown away. It
/// may have `limit` bytes before its end.
///
/// # Errors
/// Where the stream cannot be read.
pub fn bounded_line<R: BufRead + ?Sized>(
    reader: &mut R,
    limit: u64,
    line: &mut Vec<u8>,
) -> io::Result<Bounded> {
    line.clear();
    let read = (&mut *reader)
        .take(limit.saturating_add(1))
        .read_until(b'\n', line)?;
    if read == 0 {
        return Ok(Bounded::End);
    }
    if read as u64 > limit && line.last() != Some(&b'\n') {
        *line = Vec::new();
        skip_line(reader)?;
        return Ok(Bounded::TooLong);
    }
    Ok(Bounded::Line)
}

fn skip_line<R: BufRead + ?Sized>(reader: &mut R) -> io::Result<()> {
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            return Ok(());
        }
        if let Some(at) = memchr::memchr(b'\n', available) {
            reader.consume(at + 1);
            return Ok(());
        }
        let length = available.len();
        reader.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_too_long_is_passed_over_and_the_next_is_read() {
        let text = "12345\n\n123456\n1234567890\nend";
        let mut reader = io::BufReader::with_capacity(3, text.as_bytes());
        let mut line = b"before".to_vec();
        let mut met = Vec::new();
        loop {
            let bounded = bounded_line(&mut reader, 5, &mut line).unwrap();
            met.push((bounded, String::from_utf8(line.clone()).unwrap()));
            if bounded == Bounded::End {
                break;
            }
        }
        let met: Vec<(Bounded, &str)> = met.iter().map(|(b, line)| (*b, line.as_str())).collect();
        use Bounded::{End, Line, TooLong};
        assert_eq!(
            met,
            [
                (Line, "12345\n"),
                (Line, "\n"),
                (TooLong, ""),
                (TooLong, ""),
                (Line, "end"),
                (End, "")
            ]
        );
    }
}
