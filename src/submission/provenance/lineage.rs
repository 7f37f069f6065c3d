//! One field through the sources: its values, and how they go together.

use super::alike::{self, Likeness, Shape, Way};
use crate::submission::words;
use crate::submission::{Field, Node};
use crate::text::{Safe, Untrusted};

/// The sources of a value, in the order in which it goes through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// `OCR_raw`: what was read, as printed.
    Raw,
    /// `ocr`: what was made of it.
    Ocr,
    /// `review`: what the applicant left or made of that.
    Review,
    /// `data`: what counts.
    Data,
}

impl Source {
    /// Every source in its order.
    pub const ALL: [Self; 4] = [Self::Raw, Self::Ocr, Self::Review, Self::Data];

    /// Its name on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Raw => "OCR raw",
            Self::Ocr => "OCR",
            Self::Review => "reviewed",
            Self::Data => "final data",
        }
    }

    /// The object that holds its values.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Raw => "OCR_raw",
            Self::Ocr => "ocr",
            Self::Review => "review",
            Self::Data => "data",
        }
    }
}

/// How the values of one field go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// All that there are are the same.
    Same,
    /// The same when these differences of shape are left aside. Never a mismatch.
    Alike(Vec<Way>),
    /// At least two differ.
    Differs,
    /// They may be the same or not: at least one is too long to be compared, or was not opened.
    Unclear,
    /// There is nothing to compare: one source alone has a value, or the service masked the others.
    Single,
}

impl State {
    fn leave_aside(&mut self, more: Vec<Way>) {
        match self {
            Self::Differs | Self::Unclear => {}
            Self::Alike(ways) => {
                ways.extend(more);
                ways.sort_unstable();
                ways.dedup();
            }
            Self::Same | Self::Single => *self = Self::Alike(more),
        }
    }
}

/// What one source says of a field.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// A value.
    Held(Held<'a>),
    /// The source could have one and has none.
    Missing,
    /// The source was not sent, or has no such field.
    Nowhere,
}

/// A value, for comparing and for showing.
#[derive(Clone, Debug)]
pub struct Held<'a> {
    /// The fields that it is made of: one, or two names with a space between them.
    pub parts: Vec<Field<'a>>,
    /// For each grapheme, whether it differs from another source; empty where nothing does.
    pub marks: Vec<bool>,
    /// The service masked it, so that it cannot be compared.
    pub withheld: bool,
    /// It is too long to be put together, or was not opened: nothing can be said of it.
    is_unread: bool,
    text: Untrusted,
}

impl<'a> Held<'a> {
    pub(super) fn new(parts: Vec<Field<'a>>) -> Self {
        let texts: Vec<&str> = parts.iter().filter_map(Field::text).collect();
        let is_long = texts.len() > 1 && texts.iter().map(|text| text.len()).sum::<usize>() > alike::LONGEST;
        let is_unread = is_long || parts.iter().any(|part| matches!(part.node(), Node::Raw(_)));
        // A long text is not copied.
        let text = match parts.as_slice() {
            [one] => one.node().text().filter(|_| one.text().is_some()),
            _ => (!is_unread).then(|| Untrusted::new(texts.join(" "))),
        };
        Self { text: text.unwrap_or_default(), parts, marks: Vec::new(), withheld: false, is_unread }
    }

    /// The true characters, for comparing; never for showing.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.text.expose()
    }

    fn mark(&mut self, marks: &[bool]) {
        self.marks.resize(self.marks.len().max(marks.len()), false);
        self.marks.iter_mut().zip(marks).for_each(|(mark, more)| *mark |= more);
    }
}

/// A field on its way through the sources.
#[derive(Clone, Debug)]
pub struct Lineage<'a> {
    /// Its name: ours for a documented field, else the service's.
    pub label: Safe,
    /// What each source says, in the order of [`Source::ALL`].
    pub cells: [Cell<'a>; 4],
    /// Confidence of the OCR, as sent.
    pub score: Option<Field<'a>>,
    /// Whether the value read was accepted, as sent.
    pub accepted: Option<Field<'a>>,
    /// How the values go together.
    pub state: State,
}

impl<'a> Lineage<'a> {
    /// The values with their sources, in order.
    pub fn held(&self) -> impl Iterator<Item = (Source, &Held<'a>)> {
        Source::ALL.into_iter().zip(&self.cells).filter_map(|(source, cell)| match cell {
            Cell::Held(held) => Some((source, held)),
            Cell::Missing | Cell::Nowhere => None,
        })
    }

    /// Sources that could have a value and have none.
    pub fn missing(&self) -> impl Iterator<Item = Source> {
        let cells = Source::ALL.into_iter().zip(&self.cells);
        cells.filter(|(_, cell)| matches!(cell, Cell::Missing)).map(|(source, _)| source)
    }

    /// Whether the value read was not accepted.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.accepted.as_ref().and_then(Field::text).and_then(words::truth) == Some(false)
    }

    /// Compares the values and marks where they differ.
    pub(super) fn settled(mut self, shape: Shape) -> Self {
        let texts: Vec<Untrusted> = self.held().map(|(_, held)| held.text.clone()).collect();
        let (mut compared, mut distinct): (usize, Vec<Untrusted>) = (0, Vec::new());
        for (at, held) in self.held_mut().enumerate() {
            let others = texts.iter().enumerate().filter(|(other, text)| *other != at && !text.expose().contains('*'));
            let others: Vec<&str> = others.map(|(_, text)| text.expose()).collect();
            held.withheld = alike::is_withheld(held.expose(), &others);
            if !held.withheld {
                compared += 1;
                if !held.is_unread && !distinct.contains(&held.text) {
                    distinct.push(held.text.clone());
                }
            }
        }
        self.state = if compared < 2 { State::Single } else { State::Same };
        let is_unread = compared > 1 && self.held().any(|(_, held)| held.is_unread);
        for (at, one) in distinct.iter().enumerate() {
            for (next, other) in distinct.iter().enumerate().skip(at + 1) {
                let (one, other) = (one.expose(), other.expose());
                match alike::compare(one, other, shape) {
                    Likeness::Same => {}
                    Likeness::Unclear if self.state == State::Differs => {}
                    Likeness::Unclear => self.state = State::Unclear,
                    Likeness::Alike(ways) => self.state.leave_aside(ways),
                    Likeness::Differs => {
                        self.state = State::Differs;
                        if next == at + 1 {
                            let (in_one, in_other) = alike::differences(one, other, shape);
                            self.mark(one, &in_one);
                            self.mark(other, &in_other);
                        }
                    }
                }
            }
        }
        if is_unread {
            self.state = State::Unclear;
        }
        self
    }

    fn held_mut(&mut self) -> impl Iterator<Item = &mut Held<'a>> {
        self.cells.iter_mut().filter_map(|cell| match cell {
            Cell::Held(held) => Some(held),
            Cell::Missing | Cell::Nowhere => None,
        })
    }

    fn mark(&mut self, text: &str, marks: &[bool]) {
        self.held_mut().filter(|held| held.expose() == text).for_each(|held| held.mark(marks));
    }
}
