//! One invented person: names, date of birth and home address.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::dice::{Dice, DiceStream};
use super::pools::{Address, Homeland, KOREA, ORIGINS, PersonName};

/// An invented person: the data that the service has about an applicant. Two submissions of the same person hold equal
/// values of this type.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) origin: &'static Homeland,
    pub(super) first: String,
    pub(super) last: String,
    pub(super) full: String,
    /// Given name and family name in Latin letters, as in the machine-readable zone of a passport.
    pub(super) latin: (String, String),
    pub(super) male: bool,
    pub(super) birth: Date,
    /// Index of the person's home address in the list of addresses of the country ([`Homeland::places`]).
    home: usize,
}

impl Person {
    /// Generates a random person with a birth date that gives a plausible age on the day `today`.
    pub(super) fn draw(dice: &mut Dice, today: Date) -> Self {
        let origin = dice.weighted(ORIGINS, |origin| origin.weight).copied().unwrap_or(KOREA);
        let male = dice.percent(50);
        let family = PersonName::pick(origin.family, dice);
        let given = PersonName::pick(if male { origin.men } else { origin.women }, dice);
        let mut person = Self::named(origin, family, given, male, birth(dice, today));
        person.home = dice.index(origin.places.len());
        // Some people write their names in Latin letters although their language has another script.
        if dice.percent(22) {
            person.set_name(given.latin, family.latin);
        }
        person
    }

    /// Returns a person with this family name, given name and birth date, from the country `origin`. `male` is true for
    /// a man and false for a woman. The home address is the first one in the data of the country.
    pub(super) fn named(
        origin: &'static Homeland,
        family: PersonName,
        given: PersonName,
        male: bool,
        birth: Date,
    ) -> Self {
        let gap = origin.gap;
        let full = if origin.family_first {
            format!("{}{gap}{}", family.own, given.own)
        } else {
            format!("{}{gap}{}", given.own, family.own)
        };
        Self {
            origin,
            first: given.own.to_owned(),
            last: family.own.to_owned(),
            full,
            latin: (given.latin.to_owned(), family.latin.to_owned()),
            male,
            birth,
            home: 0,
        }
    }

    /// Replaces all names of the person by random names from the country `origin`, which also becomes the person's
    /// country. If `decomposed` is true, each accented letter or Hangul syllable is written as several characters
    /// (Unicode NFD).
    pub(super) fn rename_randomly(&mut self, origin: &'static Homeland, dice: &mut Dice, decomposed: bool) {
        let family = PersonName::pick(origin.family, dice);
        let given = PersonName::pick(if self.male { origin.men } else { origin.women }, dice);
        *self = Self::named(origin, family, given, self.male, self.birth);
        if decomposed {
            for name in [&mut self.first, &mut self.last, &mut self.full] {
                *name = name.nfd().collect();
            }
        }
    }

    /// Makes the name of the person very long: adds more given names and more family names.
    pub(super) fn lengthen_name(&mut self) {
        let first = format!("{} Adolphus Bartholomew Maximilian Ferdinand Ignatius Cornelius", self.first);
        let last = format!("{} van der Beispielhausen-Musterstein y Ejemplo de la Muestra", self.last);
        self.set_name(&first, &last);
    }

    /// Replaces the given name of the person by `first` and the family name by `last`. The names in Latin letters stay
    /// unchanged.
    pub(super) fn set_name(&mut self, first: &str, last: &str) {
        self.full = format!("{first} {last}");
        self.first = first.to_owned();
        self.last = last.to_owned();
    }

    pub(super) fn gender(&self) -> &'static str {
        if self.male { "male" } else { "female" }
    }

    pub(super) fn home(&self) -> Option<&'static Address> {
        self.origin.places.get(self.home)
    }

    /// Returns the age of the person in whole years on the day `day`.
    pub(super) fn age_on(&self, day: Date) -> i64 {
        let years = i64::from(day.year()) - i64::from(self.birth.year());
        let had_birthday = (day.month(), day.day()) >= (self.birth.month(), self.birth.day());
        if had_birthday { years } else { years - 1 }
    }

    /// Returns the age group of the person on the day `day`, such as `teen`: the value of the field `age_group`. The
    /// service's webhook page defines the groups: minor to age 13, early-teen to 15, teen to 17, adult from 18.
    pub(super) fn age_group(&self, day: Date) -> &'static str {
        match self.age_on(day) {
            ..=13 => "minor",
            14..=15 => "early-teen",
            16..=17 => "teen",
            _ => "adult",
        }
    }

    /// Returns a text that identifies the person: name, birth date, gender and nationality. The values of
    /// `duplicated_information` and `applicant_id` are computed from this text.
    pub(super) fn identity_key(&self) -> String {
        format!("{}|{}|{}|{}", self.full, self.birth, self.gender(), self.origin.country)
    }

    /// Returns whether documents of the person's country have a barcode that the service reads.
    pub(super) fn has_barcode(&self) -> bool {
        matches!(self.origin.country, "USA" | "CAN" | "MEX")
    }

    /// Returns the value of `duplicated_information` for the person: a fingerprint that is equal for equal persons.
    pub(super) fn fingerprint(&self) -> String {
        Dice::of_text(DiceStream::Fingerprint, &self.identity_key()).fill("************************")
    }

    /// Returns the value of `applicant_id` for the person: an id that is equal for equal persons.
    pub(super) fn applicant_id(&self) -> String {
        Dice::of_text(DiceStream::ApplicantId, &self.identity_key()).fill("mg**********")
    }

    /// Generates the part of an e-mail address before `+` or `@` for the person, such as `kim.jiho7`. It has only ASCII
    /// letters, digits and dots.
    pub(super) fn mailbox(&self, dice: &mut Dice) -> String {
        let plain =
            |name: &str| name.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
        let (given, family) = (plain(&self.latin.0), plain(&self.latin.1));
        let number = dice.number_below(10_000);
        match dice.number_below(4) {
            0 => format!("{given}.{family}{number}"),
            1 => format!("{family}.{given}{number}"),
            2 => format!("{given}{number}"),
            _ => format!("{}{family}{number}", given.chars().next().unwrap_or('x')),
        }
    }
}

/// Generates a random birth date. Most people are adults on the day `today`; a few are as young as eleven.
fn birth(dice: &mut Dice, today: Date) -> Date {
    let age = if dice.percent(5) {
        dice.number_between(11, 17)
    } else {
        dice.number_between(19, 48) + dice.number_between(0, 27)
    };
    let year = i16::try_from(i64::from(today.year()) - age - 1).unwrap_or(1980);
    day_in(dice, year)
}

/// Generates a random date in the year `year`, with a day from 1 to 28, because every month has these days.
pub(super) fn day_in(dice: &mut Dice, year: i16) -> Date {
    let month = i8::try_from(dice.number_between(1, 12)).unwrap_or(1);
    let day = i8::try_from(dice.number_between(1, 28)).unwrap_or(1);
    Date::new(year, month, day).unwrap_or(Date::ZERO)
}
