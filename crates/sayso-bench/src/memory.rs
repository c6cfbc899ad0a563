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
