//! The data of a country: names, places and documents.

use super::super::dice::Dice;

/// A given name or family name, in the person's own script and in Latin letters.
#[derive(Clone, Copy)]
pub(in super::super) struct PersonName {
    pub(in super::super) own: &'static str,
    pub(in super::super) latin: &'static str,
}

impl PersonName {
    /// Returns a random name of the list `pool`, such as `김=Kim, Erika`. In the list, commas separate the names, and
    /// `=` separates a name from its form in Latin letters, if this form differs. `dice` generates the random number.
    pub(in super::super) fn pick(pool: &'static str, dice: &mut Dice) -> Self {
        let at = dice.index(pool.split(", ").count());
        let name = pool.split(", ").nth(at).unwrap_or_default();
        name.split_once('=').map_or(Self { own: name, latin: name }, |(own, latin)| Self { own, latin })
    }
}

/// The format in which a country's documents print dates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum PrintedDateFormat {
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

/// An invented address. `plus` is the code of the place on the world map (Open Location Code), such as `849VQHGJ+2C`,
/// which the service calls "global code".
pub(in super::super) struct Address {
    pub(in super::super) city: &'static str,
    pub(in super::super) state: &'static str,
    pub(in super::super) street: &'static str,
    pub(in super::super) zip: &'static str,
    pub(in super::super) plus: &'static str,
}

/// A country, with the data from which its people and documents are generated.
pub(in super::super) struct Homeland {
    /// The ISO 3166-1 alpha-3 code of the country, such as `KOR`; the next field is its alpha-2 code.
    pub(in super::super) country: &'static str,
    pub(in super::super) alpha2: &'static str,
    /// The English name of the country, as at the end of a compound global code (the short code of a place with its
    /// city).
    pub(in super::super) english: &'static str,
    /// Share of the people of the demo who come from this country, relative to the weights of the other countries.
    pub(in super::super) weight: u64,
    /// Lists of family names (here), of given names of men, and of given names of women, in the syntax of
    /// [`PersonName::pick`].
    pub(in super::super) family: &'static str,
    pub(in super::super) men: &'static str,
    pub(in super::super) women: &'static str,
    pub(in super::super) family_first: bool,
    /// The text between family name and given name when both are in the person's own script: a space or nothing.
    pub(in super::super) gap: &'static str,
    pub(in super::super) places: &'static [Address],
    pub(in super::super) id_types: &'static [&'static str],
    pub(in super::super) printed: PrintedDateFormat,
    /// Patterns of the numbers on documents of the country, in the syntax of `Dice::fill`.
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
