//! The data of a country, from which people and documents are generated: names, addresses and formats.

use super::super::dice::Dice;

/// A given name or family name, in the person's own script and in Latin letters.
#[derive(Clone, Copy)]
pub(in super::super) struct PersonName {
    pub(in super::super) own: &'static str,
    pub(in super::super) latin: &'static str,
}

impl PersonName {
    /// Returns a random name from the text `pool`, such as `김=Kim, Erika`. Commas separate the names in `pool`. If a
    /// name has another form in Latin letters, `=` and this form follow the name. `dice` generates the random number.
    pub(in super::super) fn pick(pool: &'static str, dice: &mut Dice) -> Self {
        let at = dice.index(pool.split(", ").count());
        let name = pool.split(", ").nth(at).unwrap_or_default();
        name.split_once('=').map_or(Self { own: name, latin: name }, |(own, latin)| Self { own, latin })
    }
}

/// The format in which a country's documents print dates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum PrintedDateFormat {
    /// Day, month, year: `21.11.2026`
    DayDots,
    /// Year, month, day: `2026.11.21`
    YearDots,
    /// Month, day, year: `11/21/2026`
    MonthSlashes,
    /// Day, month, year: `21/11/2026`
    DaySlashes,
    /// Day, month in letters, year: `21 NOV 2026`
    DayWords,
}

/// An invented home address. `plus` is its Open Location Code (a code for a place on the world map), such as
/// `849VQHGJ+2C`. The service calls this code "global code".
pub(in super::super) struct Address {
    pub(in super::super) city: &'static str,
    pub(in super::super) state: &'static str,
    pub(in super::super) street: &'static str,
    pub(in super::super) zip: &'static str,
    pub(in super::super) plus: &'static str,
}

/// A country, with the data from which its people and documents are generated.
pub(in super::super) struct Homeland {
    /// The ISO 3166-1 alpha-3 code of the country, such as `KOR`.
    pub(in super::super) country: &'static str,
    pub(in super::super) alpha2: &'static str,
    /// The English name of the country.
    pub(in super::super) english: &'static str,
    /// How many people of the demo come from this country, relative to the weights of the other countries.
    pub(in super::super) weight: u64,
    /// Family names of the country, as one text in the syntax of [`PersonName::pick`]. The next fields, `men` and
    /// `women`, hold the given names of men and women in the same syntax.
    pub(in super::super) family: &'static str,
    pub(in super::super) men: &'static str,
    pub(in super::super) women: &'static str,
    pub(in super::super) family_first: bool,
    /// The text between family name and given name in the person's own script: a space or nothing.
    pub(in super::super) gap: &'static str,
    pub(in super::super) places: &'static [Address],
    pub(in super::super) id_types: &'static [&'static str],
    pub(in super::super) printed: PrintedDateFormat,
    /// Pattern of the document numbers of the country, in the syntax of `Dice::fill`. The next fields, `identity` and
    /// `phone`, are the patterns of identity numbers and phone numbers.
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
