//! Where invented people come from: their names, places and documents. Numbers are of ranges that nobody is given.

mod asia;
mod west;

use super::dice::Dice;

/// A name as its bearer writes it, and in Latin letters.
#[derive(Clone, Copy)]
pub(super) struct PersonName {
    pub(super) own: &'static str,
    pub(super) latin: &'static str,
}

impl PersonName {
    /// One name of a pool such as `김=Kim, Erika`: between commas a name, after `=` its Latin form where it differs.
    pub(super) fn pick(pool: &'static str, dice: &mut Dice) -> Self {
        let at = dice.index(pool.split(", ").count());
        let name = pool.split(", ").nth(at).unwrap_or_default();
        name.split_once('=').map_or(Self { own: name, latin: name }, |(own, latin)| Self { own, latin })
    }
}

/// How a country's documents print a date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Printed {
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
pub(super) struct Address {
    pub(super) city: &'static str,
    pub(super) state: &'static str,
    pub(super) street: &'static str,
    pub(super) zip: &'static str,
    pub(super) plus: &'static str,
}

/// A country with its people.
pub(super) struct Homeland {
    /// ISO 3166-1 alpha-3 and alpha-2.
    pub(super) country: &'static str,
    pub(super) alpha2: &'static str,
    /// Its name in English, as a global code's compound form ends.
    pub(super) english: &'static str,
    /// How many of the demo's people come from there, relative to the other weights.
    pub(super) weight: u64,
    /// Names, see [`PersonName::pick`].
    pub(super) family: &'static str,
    pub(super) men: &'static str,
    pub(super) women: &'static str,
    pub(super) family_first: bool,
    /// Between the two names in their own script.
    pub(super) gap: &'static str,
    pub(super) places: &'static [Address],
    pub(super) id_types: &'static [&'static str],
    pub(super) printed: Printed,
    /// Patterns for `Dice::fill`.
    pub(super) document: &'static str,
    pub(super) identity: &'static str,
    pub(super) phone: &'static str,
}

const fn place(
    city: &'static str,
    state: &'static str,
    street: &'static str,
    zip: &'static str,
    plus: &'static str,
) -> Address {
    Address { city, state, street, zip, plus }
}

/// Every country of the demo.
pub(super) const ORIGINS: &[&Homeland] = &[
    &asia::KOREA,
    &asia::JAPAN,
    &asia::CHINA,
    &asia::VIETNAM,
    &asia::THAILAND,
    &asia::INDIA,
    &asia::SAUDI_ARABIA,
    &asia::ISRAEL,
    &asia::PHILIPPINES,
    &west::UNITED_STATES,
    &west::CANADA,
    &west::MEXICO,
    &west::BRAZIL,
    &west::GERMANY,
    &west::FRANCE,
    &west::POLAND,
    &west::TURKEY,
    &west::GREECE,
    &west::KAZAKHSTAN,
];

/// The country of those who come from none of the others.
pub(super) const KOREA: &Homeland = &asia::KOREA;

/// The country with this code; Korea when there is none.
pub(super) fn origin(country: &str) -> &'static Homeland {
    ORIGINS.iter().find(|origin| origin.country == country).copied().unwrap_or(KOREA)
}
