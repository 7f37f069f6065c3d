//! The countries of invented people, with names, places and documents. Document numbers and phone numbers are from
//! ranges that are assigned to nobody.

mod asia;
mod homeland;
mod west;

pub(super) use homeland::{Address, Homeland, PersonName, PrintedDateFormat};

/// All countries of the demo.
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

/// The default country, Korea, for persons whose country is not in [`ORIGINS`].
pub(super) const KOREA: &Homeland = &asia::KOREA;

/// Returns the country with this alpha-3 code, such as `USA`; returns Korea for an unknown code.
pub(super) fn origin(country: &str) -> &'static Homeland {
    ORIGINS.iter().find(|origin| origin.country == country).copied().unwrap_or(KOREA)
}
