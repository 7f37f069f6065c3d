//! Decides which text attributes and colours a program may set.

/// Returns whether `parameters`, the parameters of an SGR sequence, set only allowed attributes and colours. Allowed
/// are the sixteen colours of the terminal. If `has_pictures` is true, all 256 numbered colours and 24-bit colours are
/// allowed too.
pub(super) fn is_style(parameters: &str, has_pictures: bool) -> bool {
    let own = if has_pictures { 256 } else { 16 };
    let parts: Option<Vec<u32>> = parameters.split(';').map(|part| part.parse().ok()).collect();
    let Some(parts) = parts else { return false };
    let mut rest = &parts[..];
    loop {
        rest = match rest {
            [] => return true,
            [38 | 48, 5, colour, rest @ ..] if *colour < own => rest,
            [38 | 48, 2, r, g, b, rest @ ..] if has_pictures && [r, g, b].iter().all(|level| **level < 256) => rest,
            [0..=4 | 7 | 22..=24 | 27 | 30..=37 | 39 | 40..=47 | 49 | 59 | 90..=97 | 100..=107, rest @ ..] => rest,
            _ => return false,
        };
    }
}
