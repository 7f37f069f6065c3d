use super::*;

#[track_caller]
fn all(meaning: KeyMeaning, keys: &[&str]) {
    for key in keys {
        assert_eq!(KeyMeaning::of(key), meaning, "{key}");
    }
}

#[test]
fn keys_of_a_person_are_read_in_several_languages_and_spellings() {
    all(
        KeyMeaning::Name(NamePart::Whole),
        &[
            "name",
            "names",
            "Name",
            "full_name",
            "fullName",
            "FullName",
            "primaryName",
            "matched name",
            "name_original",
            "name1",
            "이름",
            "성명",
            "氏名",
            "姓名",
            "nombre",
            "nom",
            "matchedTerm",
            "caption",
            "nameList",
        ],
    );
    all(KeyMeaning::Name(NamePart::First), &["firstName", "given_name", "first-name", "GIVEN NAME", "forename"]);
    all(KeyMeaning::Name(NamePart::Last), &["lastName", "family_name", "surname", "last name"]);
    all(
        KeyMeaning::Alias,
        &[
            "aka",
            "AKA",
            "aliases",
            "alias_names",
            "alsoKnownAs",
            "also known as",
            "a.k.a.",
            "otherNames",
            "weakAliases",
            "alternative_names",
            "former name",
            "nickname",
            "별칭",
            "別名",
            "别名",
            "nameVariations",
        ],
    );
    all(
        KeyMeaning::Birth(DatePart::Whole),
        &[
            "dob",
            "DOB",
            "dateOfBirth",
            "date_of_birth",
            "datesOfBirth",
            "birth",
            "birthDate",
            "birthdate",
            "born",
            "생년월일",
            "生年月日",
            "出生日期",
            "Geburtsdatum",
            "fecha_de_nacimiento",
            "date de naissance",
        ],
    );
    all(KeyMeaning::Birth(DatePart::Year), &["yearOfBirth", "birth_year", "yob"]);
    all(
        KeyMeaning::Country,
        &[
            "country",
            "countries",
            "nationality",
            "citizenships",
            "countryCode",
            "countryOfBirth",
            "birth_country",
            "country_of_residence",
            "국적",
            "国籍",
            "nacionalidad",
            "país",
        ],
    );
    all(
        KeyMeaning::List,
        &[
            "list",
            "lists",
            "listName",
            "source",
            "sources",
            "sanctionList",
            "sanctions",
            "watchlist",
            "watch_lists",
            "sourceName",
            "datasets",
            "programme",
            "제재명단",
            "出典リスト",
        ],
    );
    all(KeyMeaning::Gender, &["gender", "sex", "성별"]);
}

#[test]
fn keys_of_anything_else_are_no_data_of_the_person() {
    all(
        KeyMeaning::Other,
        &[
            "relatives",
            "linkedPersons",
            "associates",
            "spouseName",
            "father_name",
            "company_name",
            "search",
            "searchTerm",
            "query",
            "submittedTerm",
            "applicant",
            "가족관계",
        ],
    );
    all(KeyMeaning::Attribute, &["nameType", "name_score", "sourceUrl", "countryCount", "type", "alias_quality"]);
    all(KeyMeaning::Thing, &["addresses", "passport", "articles", "vesselName_document"]);
    all(KeyMeaning::BirthPlace, &["placeOfBirth", "birth_city", "출생지"]);
    for key in ["username", "shipName", "filename", "hitList", "resultList", "tournament", "brand", "x", "", "date"] {
        let meaning = KeyMeaning::of(key);
        assert!(!matches!(meaning, KeyMeaning::Name(_) | KeyMeaning::List | KeyMeaning::Alias), "{key}: {meaning:?}");
    }
    all(KeyMeaning::Wrapper, &["searchResults", "person", "details", "properties", "hit1"]);
}

#[test]
fn a_label_beside_a_value_tells_what_the_value_is() {
    assert_eq!(KeyMeaning::of_label("Date of Birth"), Some(KeyMeaning::Birth(DatePart::Whole)));
    assert_eq!(KeyMeaning::of_label("BIRTH"), Some(KeyMeaning::Birth(DatePart::Whole)));
    assert_eq!(KeyMeaning::of_label("Also known as"), Some(KeyMeaning::Alias));
    assert_eq!(KeyMeaning::of_label("Invented Person"), None);
}

#[test]
fn the_documented_keys_rank_first() {
    assert_eq!(["resource_id", "resourceId", "argosNumber", "ARGOS_NUMBER"].map(id_rank), [0; 4]);
    assert_eq!(["id", "entityId", "reference", "profile_no"].map(id_rank), [1; 4]);
    assert_eq!(["score", "total", "name"].map(id_rank), [2; 3]);
}
