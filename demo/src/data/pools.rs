//! Where invented people come from: their names, places and documents. Numbers are of ranges that nobody is given.

mod asia;
mod homeland;
mod west;

pub(super) use homeland::{Address, Homeland, PersonName, Printed};

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

/// The country with this code; Korea for an unknown code.
pub(super) fn origin(country: &str) -> &'static Homeland {
    ORIGINS.iter().find(|origin| origin.country == country).copied().unwrap_or(KOREA)
}
