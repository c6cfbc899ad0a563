//! Memory of a process, as Linux tells it.

/// The most resident memory that the process (`self` or a number) has had so far, in MB; `None`
/// where there is no `/proc` or the process has ended.
pub(crate) fn peak(process: &str) -> Option<u64> {
    megabytes(process, "VmHWM:")
}

/// The resident memory that is the process's own now, in MB: without the pages of files that it
/// maps, which the system takes back when it needs them.
pub(crate) fn own(process: &str) -> Option<u64> {
    megabytes(process, "RssAnon:")
}

fn megabytes(process: &str, field: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix(field))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes.div_ceil(1000))
}

/// The time that a process has spent on processors so far, in seconds, to a hundredth; what it
/// waited for, and for other processes, is not in it.
pub(crate) fn processor(process: &str) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, in brackets, may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}
