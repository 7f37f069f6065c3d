//! Encodes, in few bytes, the difference between the texts of a row as sent and their search forms (in lower case,
//! without accents). From the search forms and these bytes, the texts are restored. So they are not in memory twice.
//!
//! A text that is equal to its search form takes no bytes. A text may also differ only in the case of ASCII letters,
//! such as `Alex Sample`. Then it takes one bit for each of its bytes, which says whether the byte is an upper-case
//! letter. Any other text is kept as it was sent.

use std::borrow::Cow;

use crate::submission::row::Column;

/// Flag that is added to the number of a column whose text is stored whole, as it was sent.
const AS_SENT: u8 = 0x80;

const _: () = assert!(Column::ALL.len() < AS_SENT as usize, "the number of a column fits beside the flag");

/// Appends to `spelling` the bytes that [`Speller::text`] needs to restore `text` from `form`, its search form (in
/// lower case, without accents). The texts of a row must be appended in the order of their columns.
pub(super) fn append(spelling: &mut Vec<u8>, column: Column, text: &str, form: &str) {
    if text == form {
        return;
    }
    if text.eq_ignore_ascii_case(form) {
        spelling.push(column as u8);
        spelling.extend(text.as_bytes().chunks(8).map(|bytes| {
            let bits = bytes.iter().zip(0..).map(|(byte, bit)| u8::from(byte.is_ascii_uppercase()) << bit);
            bits.fold(0, |all, bit| all | bit)
        }));
    } else {
        // A row holds no text of more than 4,096 bytes.
        let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
        spelling.push(column as u8 | AS_SENT);
        spelling.extend(length.to_le_bytes());
        spelling.extend(text.as_bytes().iter().take(usize::from(length)));
    }
}

/// Restores the texts of one row, as they were sent, from their search forms (in lower case, without accents). The
/// texts must be requested in the order of their columns.
pub(super) struct Speller<'b> {
    rest: &'b [u8],
}

impl<'b> Speller<'b> {
    /// Creates a speller for one row. `spelling` holds the bytes that [`append`] has written for this row.
    pub(super) const fn new(spelling: &'b [u8]) -> Self {
        Self { rest: spelling }
    }

    /// Returns the text of the row in `column` as it was sent. `form` is the search form of this text (in lower case,
    /// without accents).
    pub(super) fn text(&mut self, column: Column, form: &'b str) -> Cow<'b, str> {
        let column = column as u8;
        match self.rest {
            [first, rest @ ..] if *first == column => {
                let (bits, rest) = rest.split_at_checked(form.len().div_ceil(8)).unwrap_or_default();
                self.rest = rest;
                let mut text = form.as_bytes().to_vec();
                for (bytes, bits) in text.chunks_mut(8).zip(bits) {
                    let upper = bytes.iter_mut().zip(0..).filter(|(_, bit)| bits >> bit & 1 == 1);
                    upper.for_each(|(byte, _)| byte.make_ascii_uppercase());
                }
                String::from_utf8(text).unwrap_or_default().into()
            }
            [first, low, high, rest @ ..] if *first == column | AS_SENT => {
                let length = usize::from(u16::from_le_bytes([*low, *high]));
                let (text, rest) = rest.split_at_checked(length).unwrap_or_default();
                self.rest = rest;
                String::from_utf8_lossy(text)
            }
            _ => form.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::search_form;

    fn again(texts: &[(Column, String)]) -> Vec<String> {
        let forms: Vec<String> = texts.iter().map(|(_, text)| search_form(text)).collect();
        let mut spelling = Vec::new();
        for ((column, text), form) in texts.iter().zip(&forms) {
            append(&mut spelling, *column, text, form);
        }
        let mut speller = Speller::new(&spelling);
        texts.iter().zip(&forms).map(|((column, _), form)| speller.text(*column, form).into_owned()).collect()
    }

    #[test]
    fn a_time_and_a_name_take_few_bytes() {
        let size = |text: &str| {
            let mut spelling = Vec::new();
            append(&mut spelling, Column::Name, text, &search_form(text));
            spelling.len()
        };
        assert_eq!(["kim@example.com", "김민준", "Alex Sample", "2026-11-20T12:00:00Z"].map(size), [0, 0, 3, 4]);
        assert_eq!(size("José"), "José".len() + 3);
    }

    proptest! {
        #[test]
        fn every_text_comes_back(texts in prop::collection::vec(prop::option::of(".{0,40}"), Column::ALL.len())) {
            let texts: Vec<(Column, String)> =
                Column::ALL.into_iter().zip(texts).filter_map(|(column, text)| Some((column, text?))).collect();
            let wanted: Vec<String> = texts.iter().map(|(_, text)| text.clone()).collect();
            prop_assert_eq!(again(&texts), wanted);
        }
    }
}
