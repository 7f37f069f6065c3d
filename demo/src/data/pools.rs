//! The countries of the invented people, with names, addresses and types of documents. Document numbers and phone
//! numbers are from ranges that are assigned to nobody.

mod asia;
mod homeland;
mod west;

pub(super) use homeland::{Address, Homeland, PersonName, PrintedDateFormat};

/// All countries from which people of the demo come.
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

/// Korea: the country of persons whose country code is not in [`ORIGINS`].
pub(super) const KOREA: &Homeland = &asia::KOREA;

/// Returns the country with the ISO 3166-1 alpha-3 code `country`, such as `USA`. Returns Korea for an unknown code.
pub(super) fn origin(country: &str) -> &'static Homeland {
    ORIGINS.iter().find(|origin| origin.country == country).copied().unwrap_or(KOREA)
}
