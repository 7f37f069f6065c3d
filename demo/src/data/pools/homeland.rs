//! What is known of a country: its names, places and documents.

use super::super::dice::Dice;

/// A name as its bearer writes it, and in Latin letters.
#[derive(Clone, Copy)]
pub(in super::super) struct PersonName {
    pub(in super::super) own: &'static str,
    pub(in super::super) latin: &'static str,
}

impl PersonName {
    /// One name of a pool such as `김=Kim, Erika`: between commas a name, after `=` its Latin form where it differs.
    pub(in super::super) fn pick(pool: &'static str, dice: &mut Dice) -> Self {
        let at = dice.index(pool.split(", ").count());
        let name = pool.split(", ").nth(at).unwrap_or_default();
        name.split_once('=').map_or(Self { own: name, latin: name }, |(own, latin)| Self { own, latin })
    }
}

/// How a country's documents print a date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Printed {
    /// `21.11.2026`
    DayDots,
    /// `2026.11.21`
    YearDots,
    /// `11/21/2026`
    MonthSlashes,
    /// `21/11/2026`
    DaySlashes,
    /// `21 NOV 2026`
    DayWords,
}

/// An invented address. `plus` is its documented "global code" form, without the city.
pub(in super::super) struct Address {
    pub(in super::super) city: &'static str,
    pub(in super::super) state: &'static str,
    pub(in super::super) street: &'static str,
    pub(in super::super) zip: &'static str,
    pub(in super::super) plus: &'static str,
}

/// A country with its people.
pub(in super::super) struct Homeland {
    /// ISO 3166-1 alpha-3 and alpha-2.
    pub(in super::super) country: &'static str,
    pub(in super::super) alpha2: &'static str,
    /// Its name in English, as a global code's compound form ends.
    pub(in super::super) english: &'static str,
    /// How many of the demo's people come from there, relative to the other weights.
    pub(in super::super) weight: u64,
    /// Names, see [`PersonName::pick`].
    pub(in super::super) family: &'static str,
    pub(in super::super) men: &'static str,
    pub(in super::super) women: &'static str,
    pub(in super::super) family_first: bool,
    /// Between the two names in their own script.
    pub(in super::super) gap: &'static str,
    pub(in super::super) places: &'static [Address],
    pub(in super::super) id_types: &'static [&'static str],
    pub(in super::super) printed: Printed,
    /// Patterns for `Dice::fill`.
    pub(in super::super) document: &'static str,
    pub(in super::super) identity: &'static str,
    pub(in super::super) phone: &'static str,
}

pub(super) const fn place(
    city: &'static str,
    state: &'static str,
    street: &'static str,
    zip: &'static str,
    plus: &'static str,
) -> Address {
    Address { city, state, street, zip, plus }
}
