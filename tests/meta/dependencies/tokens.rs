//! The words of a source: names, `::` and single signs, without comments, texts and what is compiled for tests alone.

/// Splits a source into its words.
pub(crate) fn tokens(source: &str) -> Vec<String> {
    without_tests(words(source))
}

fn words(source: &str) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let is_name = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let (mut words, mut at) = (Vec::new(), 0);
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied().unwrap_or_default();
        match c {
            '/' if next == '/' => at += chars[at..].iter().take_while(|c| **c != '\n').count(),
            '/' if next == '*' => at = behind(&chars, at + 2, &['*', '/']),
            '"' => at = behind_text(&chars, at + 1),
            // A name: of a lifetime unless a quote ends it.
            '\'' if next == '\\' => at = behind(&chars, at + 3, &['\'']),
            '\'' if chars.get(at + 2) == Some(&'\'') => at += 3,
            '\'' => at += 1,
            'r' | 'b' | 'c' if starts_raw(&chars, at).is_some() => {
                let (start, hashes) = starts_raw(&chars, at).unwrap_or_default();
                let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                at = behind(&chars, start, &end);
            }
            ':' if next == ':' => {
                words.push("::".to_owned());
                at += 2;
            }
            _ if is_name(at) => {
                let start = at;
                while is_name(at) {
                    at += 1;
                }
                words.push(chars[start..at].iter().collect());
            }
            _ => {
                if !c.is_whitespace() {
                    words.push(c.to_string());
                }
                at += 1;
            }
        }
    }
    words
}

/// Where a raw text starts that a prefix begins, and how many signs end it.
fn starts_raw(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let before = at.checked_sub(1).and_then(|before| chars.get(before));
    let prefix = chars[at..].iter().take_while(|c| matches!(c, 'r' | 'b' | 'c')).count();
    if before.is_some_and(|c| c.is_alphanumeric() || *c == '_') || chars[at + prefix - 1] != 'r' {
        return None;
    }
    let hashes = chars[at + prefix..].iter().take_while(|c| **c == '#').count();
    (chars.get(at + prefix + hashes) == Some(&'"')).then_some((at + prefix + hashes + 1, hashes))
}

fn behind(chars: &[char], from: usize, end: &[char]) -> usize {
    let found = chars.get(from..).and_then(|rest| rest.windows(end.len()).position(|window| window == end));
    found.map_or(chars.len(), |found| from + found + end.len())
}

fn behind_text(chars: &[char], mut at: usize) -> usize {
    while let Some(c) = chars.get(at) {
        match c {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// Leaves out every item behind `#[cfg(test)]`, with further attributes of its own.
fn without_tests(words: Vec<String>) -> Vec<String> {
    let attribute = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = &words[..];
    while let Some((first, behind)) = rest.split_first() {
        if rest.starts_with(&attribute.map(str::to_owned)) {
            rest = behind_item(&rest[attribute.len()..]);
        } else {
            kept.push(first.clone());
            rest = behind;
        }
    }
    kept
}

/// What follows an item: it ends with `;`, or with the brace that closes its block. A field, a variant or a statement ends
/// with a comma too, or with what is around it.
fn behind_item(words: &[String]) -> &[String] {
    let (mut depth, mut braces, mut is_item) = (0_usize, 0_usize, false);
    for (at, word) in words.iter().enumerate() {
        match word.as_str() {
            "fn" | "impl" | "struct" | "enum" | "trait" | "mod" | "use" => is_item = true,
            ")" | "]" if depth == 0 => return &words[at..],
            "}" if braces == 0 => return &words[at..],
            "," if depth == 0 && braces == 0 && !is_item => return &words[at + 1..],
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "{" => braces += 1,
            "}" => {
                braces -= 1;
                if braces == 0 && depth == 0 && words.get(at + 1).map(String::as_str) != Some(";") {
                    return &words[at + 1..];
                }
            }
            ";" if depth == 0 && braces == 0 => return &words[at + 1..],
            _ => {}
        }
    }
    &[]
}
