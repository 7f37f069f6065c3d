//! Finds out what the keys in the raw data of the AML screening mean, such as `dateOfBirth` or `別名`.
//!
//! The keys of the raw data are not documented. A key is split into words, which decide its meaning: words in English
//! and in some languages of the service's customers are known. The values of a key that is not understood are not
//! taken.

use std::collections::HashMap;

use crate::text::search_form;

/// Meaning of a key in the data of an AML match: what the values below the key are, for example names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyMeaning {
    /// A name of the person.
    Name(NamePart),
    /// Another name of the person, such as an alias or a former name.
    Alias,
    /// The birth date of the person, or a part of it.
    Birth(DatePart),
    /// The place of birth of the person. Only the country is taken from it.
    BirthPlace,
    /// The gender of the person.
    Gender,
    /// A country of the person: nationality, residence or any other.
    Country,
    /// A list or another source that names the person, such as a sanctions list.
    List,
    /// A part of the person's data that holds further data, such as `person` or `details`.
    Wrapper,
    /// A thing that belongs to the person, such as an address or an article. Names below it are not names of the
    /// person.
    Thing,
    /// Another person, such as a relative, or the search request itself. Nothing below such a key is about the person
    /// of the match.
    Other,
    /// A detail about another value, such as its type, language or score.
    Attribute,
    /// The key is not understood.
    Unknown,
}

/// Part of a person's name that a key denotes, such as the first name for `firstName`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamePart {
    Whole,
    First,
    Middle,
    Last,
}

/// Part of a date that a key denotes, such as the year for `birthYear`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DatePart {
    Whole,
    Year,
    Month,
    Day,
    /// The first day of a range of dates, as the key `from` says.
    From,
    /// The last day of a range of dates, as the key `to` says.
    To,
}

/// Finds out what keys in the data of AML matches mean (see [`KeyMeaning`]), such as `dateOfBirth`. It caches the
/// results for one submission, since the same keys occur again and again in the raw data.
#[derive(Default)]
pub(super) struct KeyReader {
    known: HashMap<String, (KeyMeaning, u8)>,
    labels: usize,
    /// Whether the meaning of a key or label was not read, because the submission has too many of them.
    pub(super) is_full: bool,
}

/// Maximum number of different keys in one submission whose meaning is read. The same limit applies to the number of
/// labels, such as `Date of Birth` in `{"label": "Date of Birth", "value": "1984"}`.
const MAX_KEYS: usize = 2_000;

impl KeyReader {
    /// Returns the meaning of a key, and a number that says how likely the key holds an id: 0 is the most likely (see
    /// [`id_rank`]). For a key beyond the limit [`MAX_KEYS`], returns [`KeyMeaning::Other`] and the largest number.
    pub(super) fn read(&mut self, key: &str) -> (KeyMeaning, u8) {
        if let Some(known) = self.known.get(key) {
            return *known;
        }
        if self.known.len() >= MAX_KEYS {
            self.is_full = true;
            return (KeyMeaning::Other, u8::MAX);
        }
        let read = (KeyMeaning::of(key), id_rank(key));
        self.known.insert(key.to_owned(), read);
        read
    }

    /// Returns the meaning of `text`, a label beside a value, such as `Date of Birth`; see [`KeyMeaning::of_label`].
    /// `None` if the label is not understood, or if too many labels were read already.
    pub(super) fn label(&mut self, text: &str) -> Option<KeyMeaning> {
        if self.labels >= MAX_KEYS {
            self.is_full = true;
            return None;
        }
        self.labels += 1;
        KeyMeaning::of_label(text)
    }
}

/// Size in bytes of the longest key whose meaning is read. A longer key is data, not a name.
const LONGEST: usize = 64;

const SEARCH: &str = "search searches searched query queries request input submitted criteria criterion filter filters \
    parameters params applicant customer";
const FOUND: &str = "result results hit hits match matches matched response output found";
const RELATED: &str = "relative relatives relation relations relationship relationships related associate associates \
    associated association associations linked spouse wife husband partner partners parent parents \
    father mother sibling siblings brother sister child children son daughter company companies business \
    businesses employer organisation organisations organization organizations director directors \
    directorship directorships shareholder shareholders officer officers contact contacts colleague \
    colleagues network similar duplicates";
const RELATED_IN: &str = "가족 배우자 친척 관계 家族 親族 関係 亲属 配偶 关系";
const THINGS: &str = "address addresses document documents passport passports article articles media news image images \
    photo photos picture position positions role roles occupation occupations office remark remarks note \
    notes comment comments evidence website education bank account accounts vessel ship aircraft death \
    deceased wealth funds";
const BIRTH: &str = "birth births born dob dobs birthday birthdays birthdate birthdates dateofbirth datesofbirth yob \
    naissance nacimiento geburt geburtsdatum geboren nascita nascimento рождения";
const BIRTH_IN: &str = "생년월일 출생 생일 생년 生年月日 誕生日 出生 生日";
const PLACE: &str = "place places city town location state region address lieu lugar ort";
const PLACE_IN: &str = "출생지 出生地 生地";
const GENDER: &str = "gender genders sex geschlecht sexe sexo пол";
const GENDER_IN: &str = "성별 性別 性别";
const COUNTRY: &str = "country countries nationality nationalities nation nations national citizenship citizenships citizen \
    residence residency jurisdiction jurisdictions pais paises pays land nationalite nacionalidad \
    nacionalidade ciudadania staatsangehorigkeit гражданство страна";
const COUNTRY_IN: &str = "국적 국가 나라 国籍 國籍 国家 國家";
const LIST: &str = "sanction sanctions source sources watchlist watchlists blacklist blacklists dataset datasets program \
    programs programme programmes regime regimes authority authorities register registry listing \
    listings lista listas liste listen fuente fuentes quelle quellen список источник";
const LIST_IN: &str = "제재 명단 목록 출처 リスト 制裁 名簿 名单 名單 来源 來源";
/// Words that a key with the word `list` may have if it means a list of sanctions, as in `watch list`. A key with any
/// other word beside `list` does not mean this, as in `result list`.
const WITH_LIST: &str = "list lists watch black name names title official consolidated on the";
const ALIAS: &str = "alias aliases aka akas fka nickname nicknames pseudonym pseudonyms maiden spelling spellings \
    transliteration transliterations alsoknownas knownas apodo псевдоним";
const ALIAS_IN: &str = "별칭 별명 가명 이명 別名 通称 别名 化名 曾用名";
const OTHER_NAME: &str =
    "other others alternative alternate alt former previous variant variants variation variations weak";
const NAME: &str = "name names fullname fullnames caption nombre nombres nom noms nome имя фио";
const NAME_IN: &str = "이름 성명 성함 氏名 名前 姓名";
const FIRST: &str = "first given fore forename forenames firstname givenname vorname prenom";
const MIDDLE: &str = "middle middlename second patronymic";
const LAST: &str = "last family sur surname surnames lastname familyname nachname apellido apellidos";
/// Words that a key may have besides `name` if it means the name of the person. So `fullName` is the name of the
/// person, but `vesselName` is not.
const OWN: &str = "full primary main matched match entity person individual subject original native latin english \
    korean chinese japanese legal real complete whole formatted display best local romanized script eng \
    kor jpn ko en kr cn ja profile record hit target party sdn listed sanctioned text value values list \
    data the all of by";
const WRAPPERS: &str = "person persons individual individuals entity entities profile profiles record records detail details \
    data info information personal basic general doc hit hits result results match matches attributes \
    attribute properties property fields field identity biography bio demographics subject target \
    content body payload item items event events characteristics facts features party sdn";
/// Last words of keys that name a detail about a value: `nameType` names the type of a name, not a name.
const ATTRIBUTE: &str = "title prefix suffix salutation honorific type types kind script language lang locale quality score scores weak id ids url urls uri status \
    since count total exact circa approximate approx confidence rank index order version updated created \
    modified hash format flag precision comment note notes remark remarks strength category number \
    numbers no num";

impl KeyMeaning {
    /// Returns the meaning of a key, such as a birth date for `dateOfBirth`.
    fn of(key: &str) -> Self {
        if key.len() > LONGEST {
            return Self::Unknown;
        }
        let words = words(key);
        let has = |list: &str| words.iter().any(|word| is_in(list, word));
        let form = search_form(key);
        let holds =
            |list: &str| !key.is_ascii() && list.split_whitespace().any(|part| form.contains(&search_form(part)));
        let is_known_as = key_is(&words, &["known", "as"]) || key_is(&words, &["a", "k", "a"]);
        if has(SEARCH) && !has(FOUND) || has(RELATED) || holds(RELATED_IN) {
            return Self::Other;
        }
        let last = words.iter().map(String::as_str).rfind(|word| !is_number(word)).unwrap_or_default();
        let is_attribute = words.len() > 1 && is_in(ATTRIBUTE, last);
        if is_attribute && !(last == "types" && has(LIST)) {
            return Self::Attribute;
        }
        if has(BIRTH) || holds(BIRTH_IN) {
            return match () {
                () if has(COUNTRY) || holds(COUNTRY_IN) => Self::Country,
                () if has(PLACE) || holds(PLACE_IN) => Self::BirthPlace,
                () => Self::Birth(date_part(&words)),
            };
        }
        if has(ALIAS) || holds(ALIAS_IN) || is_known_as || has(OTHER_NAME) && has(NAME) {
            return Self::Alias;
        }
        if (has(COUNTRY) || holds(COUNTRY_IN)) && (!has(THINGS) || has("country countries")) {
            return Self::Country;
        }
        if has(GENDER) || holds(GENDER_IN) {
            return Self::Gender;
        }
        let is_list = has("list lists") && words.iter().all(|word| is_in(WITH_LIST, word));
        let is_name_list = key_is(&words, &["name", "list"]) || key_is(&words, &["names", "list"]);
        if !has(THINGS) && (has(LIST) || holds(LIST_IN) || is_list && !is_name_list) {
            return Self::List;
        }
        if let Some(part) = name_part(&words).or_else(|| holds(NAME_IN).then_some(NamePart::Whole)) {
            return Self::Name(part);
        }
        match () {
            () if has(THINGS) => Self::Thing,
            () if words.iter().any(|word| is_in(ATTRIBUTE, word)) && words.len() == 1 => Self::Attribute,
            () if has(WRAPPERS) => Self::Wrapper,
            () => Self::Unknown,
        }
    }

    /// Returns the meaning of `text` if it is a label for the value beside it, such as `Date of Birth` in `{"name":
    /// "Date of Birth", "value": "1984"}`. Returns `None` for any other text, such as a name.
    fn of_label(text: &str) -> Option<Self> {
        const LONGEST_LABEL: usize = 4;
        if words(text).len() > LONGEST_LABEL {
            return None;
        }
        match Self::of(text) {
            meaning @ (Self::Alias | Self::Birth(_) | Self::BirthPlace | Self::Country | Self::Gender | Self::List) => {
                Some(meaning)
            }
            meaning @ Self::Name(_) => Some(meaning),
            _ => None,
        }
    }

    /// Returns whether `key` says that the date beside it is approximate, as `circa` in `{"year": "1984", "circa":
    /// true}`.
    pub(super) fn is_approximate(key: &str) -> bool {
        words(key).iter().any(|word| matches!(word.as_str(), "circa" | "approximate" | "approx" | "estimated"))
    }

    /// Returns whether the member with the key `key` tells if the date beside it is exact, as `exact` in `{"year":
    /// "1984", "exact": true}`.
    pub(super) fn is_exact(key: &str) -> bool {
        words(key).iter().any(|word| word == "exact")
    }
}

/// Returns the part of a date that a member with the key `key` holds, such as the year for `year`. The member is in an
/// object that holds a birth date. `None` if the key names neither a date nor a part of one.
pub(super) fn date_member(key: &str) -> Option<DatePart> {
    const WHOLE: &str = "date dates value values text full fulldate iso raw original formatted";
    let words = words(key);
    let part = date_part(&words);
    (part != DatePart::Whole || words.iter().any(|word| is_in(WHOLE, word))).then_some(part)
}

fn date_part(words: &[String]) -> DatePart {
    let has = |list: &str| words.iter().any(|word| is_in(list, word));
    match () {
        () if has("from start min earliest begin lower") => DatePart::From,
        () if has("to until end max latest upper") => DatePart::To,
        () if has("year years yob yyyy 년 年 ano annee jahr") => DatePart::Year,
        () if has("month months mm 월 月 mes mois monat") => DatePart::Month,
        () if has("day days dd 일 日 dia jour tag") => DatePart::Day,
        () => DatePart::Whole,
    }
}

/// Returns which part of a person's name a key denotes, such as the first name. `words` are the words of the key:
/// `first` and `name` for `firstName`. Returns `None` if the key does not denote a name of the person.
fn name_part(words: &[String]) -> Option<NamePart> {
    let is = |word: &String, list: &str| is_in(list, word);
    let parts = [(FIRST, NamePart::First), (MIDDLE, NamePart::Middle), (LAST, NamePart::Last)];
    let part = parts.iter().find(|(list, _)| words.iter().any(|word| is(word, list)));
    let has_name = words.iter().any(|word| is(word, NAME));
    let is_part_alone = |word: &String| word.len() > 6 && parts.iter().any(|(list, _)| is(word, list));
    if !has_name && !words.iter().any(is_part_alone) && !key_is(words, &["matched", "term"]) {
        return None;
    }
    let is_own = |word: &String| {
        is(word, NAME)
            || is(word, OWN)
            || is_number(word)
            || word == "term"
            || parts.iter().any(|(list, _)| is(word, list))
    };
    words.iter().all(is_own).then(|| part.map_or(NamePart::Whole, |(_, part)| *part))
}

/// Returns the part of a name that a member with the key `key` holds, such as [`NamePart::First`] for `first_name`. The
/// member is in an object that holds a name. `None` for any other key.
pub(super) fn name_member(key: &str) -> Option<NamePart> {
    let words = words(key);
    let has = |list: &str| words.iter().any(|word| is_in(list, word));
    match () {
        () if has(FIRST) => Some(NamePart::First),
        () if has(MIDDLE) => Some(NamePart::Middle),
        () if has(LAST) => Some(NamePart::Last),
        () => None,
    }
}

/// Returns how likely a key holds an id, as a rank; 0 is the most likely. The rank is 0 for the documented keys of the
/// ids of an AML match, 1 for another key that names an id, and 2 for any other key.
fn id_rank(key: &str) -> u8 {
    const DOCUMENTED: [[&str; 2]; 2] = [["resource", "id"], ["argos", "number"]];
    const IDS: &str = "id ids uid guid uuid qr number numbers no ref reference references code codes key keys identifier identifiers 번호 番号 编号";
    let words = words(key);
    match () {
        () if DOCUMENTED.iter().any(|known| key_is(&words, known)) => 0,
        () if words.iter().any(|word| is_in(IDS, word)) => 1,
        () => 2,
    }
}

/// Splits a key into its words, and converts them to lower case without accents. A new word begins after each character
/// that is not a letter or digit, between letters and digits, and at capitals as in `birthDate`. Text in scripts
/// without capitals is one word.
fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before: Option<char> = None;
    let mut chars = key.chars().peekable();
    while let Some(c) = chars.next() {
        let follows_small = before.is_some_and(char::is_lowercase);
        let is_last_capital =
            before.is_some_and(char::is_uppercase) && chars.peek().is_some_and(|next| next.is_lowercase());
        let is_new = c.is_uppercase() && (follows_small || is_last_capital)
            || before.is_some_and(|before| before.is_numeric() != c.is_numeric());
        if !c.is_alphanumeric() || is_new {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.push(c);
        }
        before = Some(c);
    }
    words.iter().filter(|word| !word.is_empty()).map(|word| search_form(word)).collect()
}

/// Returns whether `list`, a text of words with blanks between them, contains the word `word`.
fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

/// Returns whether `words`, the words of a key, end with the words `wanted`.
fn key_is(words: &[String], wanted: &[&str]) -> bool {
    words.len() >= wanted.len() && words.iter().rev().zip(wanted.iter().rev()).all(|(word, wanted)| word == wanted)
}

#[cfg(test)]
mod tests;
