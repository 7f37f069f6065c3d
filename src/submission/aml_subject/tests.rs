use strum::VariantArray as _;

use super::*;
use crate::submission::provenance::Normalization;

const MATCH: &str = r#"{"resource_id":"res-0001","argos_number":"ARG-0001","score":98}"#;

fn document(matches: &str, raw: &str) -> Document {
    let json = format!(
        r#"{{"data":{{"full_name":"Ga-Sang Lee","date_of_birth":"1984-02-29","nationality":"KOR","gender":"female"}},
            "aml":{{"currentstatus":"Red Flag","matches":[{matches}],"raw_data":{raw}}}}}"#
    );
    Document::parse_copy(json.as_bytes(), true)
}

fn subjects(document: &Document) -> Vec<AmlSubject<'_>> {
    let matches = document.field("aml.matches").map(|matches| matches.elements()).unwrap_or_default();
    AmlSubject::of_matches(document, &matches)
}

/// Returns the values of a match as `kind: value, value | kind: value`.
fn written(subject: &AmlSubject<'_>) -> String {
    let kinds = SubjectKind::VARIANTS.iter().filter(|kind| !subject.values[**kind].is_empty());
    let kinds = kinds.map(|kind| {
        let texts: Vec<&str> = subject.values[*kind].iter().map(SubjectValue::expose).collect();
        format!("{kind:?}: {}", texts.join(", "))
    });
    kinds.collect::<Vec<_>>().join(" | ")
}

fn found(raw: &str) -> String {
    let document = document(MATCH, raw);
    written(&subjects(&document)[0])
}

#[track_caller]
fn finds(raw: &str, expected: &str) {
    assert_eq!(found(raw), expected, "{raw}");
}

#[test]
fn a_block_is_found_by_either_id_as_text_number_or_key_at_any_depth() {
    for raw in [
        r#"{"hits":[{"resource_id":"res-0002","name":"Other"},{"resource_id":"res-0001","name":"Lee"}]}"#,
        r#"[{"argosNumber":" ARG-0001 ","name":"Lee"}]"#,
        r#"{"a":{"b":[[{"c":{"id":"res-0001","name":"Lee"}}]]}}"#,
        r#"{"res-0001":{"name":"Lee"},"res-0002":{"name":"Other"}}"#,
        r#"{"resource_id":"res-0001","name":"Lee"}"#,
        r#"{"hits":[{"resource_id":"RES-0001","name":"Lee"}]}"#,
        r#"{"hits":[{"ids":["x","res-0001"],"name":"Lee"}]}"#,
        r#"{"hits":[{"ids":[{"type":"argos","value":"ARG-0001"}],"name":"Lee"}]}"#,
        r#"{"hits":[{"entity":{"id":"res-0001"},"names":["Lee"]}]}"#,
        r#"{"hits":[{"entity":{"resource_id":"res-0001","score":1},"person":{"name":"Lee"}}]}"#,
        r#"{"entity":{"resource_id":"res-0001"},"names":["Lee"]}"#,
    ] {
        finds(raw, "Name: Lee");
    }
    let number = document(r#"{"resource_id":900123,"score":98}"#, r#"{"hits":[{"id":"900123","name":"Lee"}]}"#);
    assert_eq!(written(&subjects(&number)[0]), "Name: Lee");
    let text = document(r#"{"argos_number":"900123"}"#, r#"{"hits":[{"number":900123,"name":"Lee"}]}"#);
    assert_eq!(written(&subjects(&text)[0]), "Name: Lee");
}

#[test]
fn a_block_of_another_match_is_never_taken() {
    for raw in [
        r#"{"hits":[{"resource_id":"res-0002","name":"Other"}]}"#,
        r#"{"hits":[{"resource_id":"res-0002","name":"Other","related":[{"id":"res-0001"}]}]}"#,
        r#"{"search":{"subject":{"name":"Ga-Sang Lee"}},"hits":[{"resource_id":"res-0001"}]}"#,
        r#"{"query":"Ga-Sang Lee","hits":[{"resource_id":"res-0001"},{"name":"Other"}]}"#,
        r#"{"hits":{"1":{"id":"res-0001"},"2":{"id":"res-0009","name":"Other"}}}"#,
        r#"{"entity":{"id":"res-0001"},"results":[{"name":"Other"}]}"#,
        r#"{"total":1,"score":98,"hits":[{"score":98,"name":"Other"}]}"#,
        r#""res-0001""#,
        "null",
        "[]",
        r#"{"hits":[null,1,"x",[]]}"#,
    ] {
        finds(raw, "");
    }
    let short = document(r#"{"resource_id":"98"}"#, r#"{"hits":[{"score":98,"name":"Other"}]}"#);
    assert_eq!(written(&subjects(&short)[0]), "");
}

#[test]
fn each_match_has_its_own_data() {
    let matches = r#"{"resource_id":"res-0001"},{"resource_id":"res-0002"},{"score":1},"text""#;
    let raw = r#"{"hits":[{"resource_id":"res-0002","name":"Two"},{"resource_id":"res-0001","name":"One","similar_to":"res-0002"}]}"#;
    let document = document(matches, raw);
    let found: Vec<String> = subjects(&document).iter().map(written).collect();
    assert_eq!(found, ["Name: One", "Name: Two", "", ""]);
}

#[test]
fn several_blocks_of_one_match_are_read_together() {
    let raw = r#"{"hits":[{"resource_id":"res-0001","name":"Lee"}],"profiles":{"res-0001":{"dob":"1984","name":"Lee","aka":["L"]}}}"#;
    let document = document(MATCH, raw);
    let subject = &subjects(&document)[0];
    assert_eq!(written(subject), "Name: Lee | Alias: L | BirthDate: 1984");
    assert_eq!((subject.blocks.len(), subject.is_shared), (2, false));
}

#[test]
fn keys_are_read_by_their_meaning_in_many_shapes() {
    let block = |members: &str| found(&format!(r#"{{"hits":[{{"resource_id":"res-0001",{members}}}]}}"#));
    let mut wrong = Vec::new();
    for (members, expected) in [
        (r#""first_name":"Ga","last_name":"Lee""#, "Name: Ga Lee"),
        (r#""name":{"first":"Ga","last":"Lee"}"#, "Name: Ga Lee"),
        (
            r#""names":[{"givenName":"Ga","surname":"Lee","type":"Primary"},{"type":"Also known as","value":"Gasan"}]"#,
            "Name: Ga Lee | Alias: Gasan",
        ),
        (
            r#""names":{"ko":"이가상","en":"Ga Lee","aliases":[{"text":"Gasan","script":"latin","quality":{"weak":true}}]}"#,
            "Name: 이가상, Ga Lee | Alias: Gasan",
        ),
        (
            r#""이름":"이가상","별칭":["가상"],"생년월일":"1984년 2월 29일","국적":"대한민국","제재명단":"가상 명단""#,
            "Name: 이가상 | Alias: 가상 | BirthDate: 1984년 2월 29일 | Country: 대한민국 | List: 가상 명단",
        ),
        (
            r#""氏名":"李","別名":"リー","生年月日":"1984/02/29","国籍":"日本""#,
            "Name: 李 | Alias: リー | BirthDate: 1984/02/29 | Country: 日本",
        ),
        (r#""dates_of_birth":[{"year":1984,"month":2,"day":29},{"year":"1985"}]"#, "BirthDate: 1984-02-29, 1985"),
        (
            r#""birth":{"date":"1984-02-29","year":1984,"place":{"city":"Seoul","country":"KR"}}"#,
            "BirthDate: 1984-02-29 | Country: KR",
        ),
        (r#""dob":{"from":1980,"to":1985}"#, "BirthDate: 1980 – 1985"),
        (r#""birth_year":1984,"birth_month":2,"birth_day":9"#, "BirthDate: 1984-02-09"),
        (r#""countries":[{"name":"Korea","code":"KR"},"JP",{"code":"US"}]"#, "Country: Korea, JP, US"),
        (r#""countryLinks":[{"country":{"code":"KR","name":"KOREA"},"type":"NATIONALITY"}]"#, "Country: KOREA"),
        (
            r#""events":[{"type":"BIRTH","fullDate":"1984-02-29"},{"type":"DEATH","fullDate":"2001-01-01"}]"#,
            "BirthDate: 1984-02-29",
        ),
        (
            r#""doc":{"name":"Lee","aka":[{"name":"Li"}],"fields":[{"name":"Date of Birth","value":"1984","source":"x"},{"name":"Nationality","value":"Korea"},{"name":"Chief Justice","value":"x"}]}"#,
            "Name: Lee | Alias: Li | BirthDate: 1984 | Country: Korea",
        ),
        (
            r#""caption":"Lee","properties":{"alias":["Li"],"birthDate":["1984"],"nationality":["kr"]},"datasets":["eu_list"]"#,
            "Name: Lee | Alias: Li | BirthDate: 1984 | Country: kr | List: eu_list",
        ),
        (
            r#""sources":[{"name":"Example List","url":"https://lists.example.com/1","country":"CH"}],"sanction list":"Other List""#,
            "List: Example List, Other List",
        ),
        (
            r#""evidence":[{"type":"SAN","source":{"name":"Example List","listing":{"since":"2019-01-01","status":"current"}}}]"#,
            "List: Example List",
        ),
        (
            r#""sanEntries":{"current":[{"regime":{"body":"Example Body","name":"Example Regime","origin":"CH"}}]}"#,
            "List: Example Body, Example Regime",
        ),
        (r#""addresses":[{"country":"KR","street":"Name street"}]"#, "Country: KR"),
        (r#""sex":"F","gender":{"value":"female"}"#, "Gender: F, female"),
        (r#""data":{"record":{"name":"Lee","dob":"1984"}}"#, "Name: Lee | BirthDate: 1984"),
        (r#""xyz":{"name":"Lee"}"#, "Name: Lee"),
        (r#""name":"Max Born","data":{"date":"1984"},"type":"Sanction","description":"x""#, "Name: Max Born"),
        (
            r#""names":[{"name":"Max Born"},{"title":"Dr","value":"Jane Land"}],"x":[{"type":"Sanctions","name":"A","text":"b"}]"#,
            "Name: Max Born, Jane Land",
        ),
        (
            r#""aka":["Lee","Li"],"name":"Lee","dob":["1984-02-29",{"date":"1984-02-29","year":1984}]"#,
            "Name: Lee | Alias: Li | BirthDate: 1984-02-29",
        ),
        (r#""name":"Lee","names":["Lee","LEE"]"#, "Name: Lee, LEE"),
    ] {
        let found = block(members);
        if found != expected {
            wrong.push(format!("{members}\n  found {found}\n  not   {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_and_dates_of_others_and_of_things_are_not_taken() {
    let block = |members: &str| found(&format!(r#"{{"hits":[{{"resource_id":"res-0001","name":"Lee",{members}}}]}}"#));
    for members in [
        r#""relatives":[{"name":"Kim","dob":"1950-01-01"}]"#,
        r#""associates":{"name":"Kim"},"spouse":"Kim","mother_name":"Kim","company":{"name":"Kim Ltd"}"#,
        r#""documents":[{"name":"Passport","number":"M1"}],"articles":[{"name":"News","author":"Kim"}]"#,
        r#""name_type":"primary","nameScore":98,"user_name":"kim","fileName":"kim.pdf""#,
        r#""xyz":{"name":"Kim"},"positions":[{"name":"Mayor"}]"#,
        r#""deathDate":"2001-01-01","age":40,"date":"2020-01-01""#,
        r#""linked_persons":[{"names":{"primary":"Kim"},"country":"JP"}]"#,
        r#""link":"https://example.com","names":["https://example.com/x",12,true,null,""]"#,
    ] {
        assert_eq!(block(members), "Name: Lee", "{members}");
    }
}

#[test]
fn undocumented_members_of_the_match_itself_are_taken_and_told_apart() {
    let document = document(r#"{"resource_id":"res-0001","name":"Lee","dob":"1984"}"#, "{}");
    let subject = &subjects(&document)[0];
    assert_eq!(written(subject), "Name: Lee | BirthDate: 1984");
    assert!(!subject.values[SubjectKind::Name][0].is_from_raw_data() && subject.blocks.is_empty());
    let raw = self::document(MATCH, r#"{"resource_id":"res-0001","name":"Lee"}"#);
    assert!(subjects(&raw)[0].values[SubjectKind::Name][0].is_from_raw_data());
}

#[test]
fn names_and_dates_are_masked_as_the_applicants_are() {
    let document = document(
        MATCH,
        r#"{"id":"res-0001","name":"Invented Person","first":"x","dob":{"year":1984,"month":2,"day":29}}"#,
    );
    let subject = &subjects(&document)[0];
    for kind in [SubjectKind::Name, SubjectKind::BirthDate] {
        let value = &subject.values[kind][0];
        assert_eq!(value.masked(Mask::Ids).as_str(), value.expose());
        assert!(value.masked(Mask::All).as_str().chars().all(|c| c == '•'), "{kind:?}");
    }
}

#[test]
fn limits_are_told() {
    let many = (0..60).map(|at| format!(r#""Alias {}""#, "x".repeat(at + 1))).collect::<Vec<_>>().join(",");
    let aliases = document(MATCH, &format!(r#"{{"id":"res-0001","aka":[{many}]}}"#));
    let subject = &subjects(&aliases)[0];
    assert_eq!((subject.values[SubjectKind::Alias].len(), subject.more), (50, 10));

    let deep = format!(r#"{{"id":"res-0001","name":"Lee","x":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
    let document = document(MATCH, &deep);
    let subject = &subjects(&document)[0];
    assert!(subject.is_unread && written(subject) == "Name: Lee");

    let blocks = vec![r#"{"id":"res-0001","name":"Lee"}"#; 40].join(",");
    let document = self::document(MATCH, &format!("[{blocks}]"));
    assert!(subjects(&document)[0].is_unread, "further blocks are not read");

    let shared = self::document(
        r#"{"resource_id":"res-0001"},{"resource_id":"res-0002"}"#,
        r#"{"ids":["res-0001","res-0002"],"name":"Lee"}"#,
    );
    assert!(subjects(&shared).iter().all(|subject| subject.is_shared && written(subject) == "Name: Lee"));
}

#[test]
fn the_work_has_a_limit_however_many_matches_and_blocks_there_are() {
    let matches = vec![MATCH; 900].join(",");
    let blocks = vec![r#"{"id":"res-0001","names":["a","b","c","d","e","f"]}"#; 3_000].join(",");
    let document = document(&matches, &format!("[{blocks}]"));
    let subjects = subjects(&document);
    assert!(subjects.iter().all(|subject| subject.is_unread));
}

fn compared(applicant: &str, kind: SubjectKind, members: &str) -> Option<SubjectAgreement> {
    let json = format!(
        r#"{{"data":{applicant},"aml":{{"matches":[{MATCH}],"raw_data":{{"resource_id":"res-0001",{members}}}}}}}"#
    );
    let document = Document::parse_copy(json.as_bytes(), true);
    let subjects = subjects(&document);
    AmlApplicant::of(&document).compare(kind, &subjects[0].values[kind][0])
}

#[test]
fn names_are_compared_by_the_rules_of_the_ocr_tab() {
    let name =
        |applicant: &str, other: &str| compared(applicant, SubjectKind::Name, &format!(r#""name":"{other}""#)).unwrap();
    let full = |name: &str| format!(r#"{{"full_name":"{name}"}}"#);
    assert_eq!(name(&full("Ga Lee"), "Ga Lee"), SubjectAgreement::Same);
    assert_eq!(name(&full("Ga Lee"), "GA LEE"), SubjectAgreement::Equivalent(vec![Normalization::Case]));
    assert_eq!(name(&full("Ga Lee"), "Na Kim"), SubjectAgreement::Differs(""));
    assert_eq!(name(r#"{"first_name":"Ga","last_name":"Lee"}"#, "Lee Ga"), SubjectAgreement::Same);
    assert_eq!(name(r#"{"full_name":"이가상","name":"Ga Lee"}"#, "Ga Lee"), SubjectAgreement::Same);
    assert_eq!(name(r#"{"full_name":"이가상","name":"Ga Lee"}"#, "Na Kim"), SubjectAgreement::Differs(""));
    for (one, other) in
        [("이가상", "Ga Lee"), ("Ga Lee", "李"), ("Ли", "Lee"), ("Ga Lee", "G* L**"), ("이가상 Ga Lee", "Ga Lee")]
    {
        assert!(matches!(name(&full(one), other), SubjectAgreement::NotComparable(_)), "{one} {other}");
    }
    assert_eq!(name(&full("이가상 Ga Lee"), "Na Kim"), SubjectAgreement::Differs(""));
    assert_eq!(compared("{}", SubjectKind::Name, r#""name":"Lee""#), None);
}

#[test]
fn birth_dates_are_compared_by_the_rules_of_the_ocr_tab() {
    let date = |other: &str| {
        compared(r#"{"date_of_birth":"1984-02-29"}"#, SubjectKind::BirthDate, &format!(r#""dob":{other}"#)).unwrap()
    };
    assert_eq!(date(r#""1984-02-29""#), SubjectAgreement::Same);
    assert_eq!(date(r#"{"year":1984,"month":"2","day":"29"}"#), SubjectAgreement::Same);
    assert_eq!(date(r#""29 FEB 1984""#), SubjectAgreement::Equivalent(vec![Normalization::Date]));
    assert_eq!(date("19840229"), SubjectAgreement::Equivalent(vec![Normalization::Date]));
    assert_eq!(date(r#""1984-02-29T00:00:00Z""#), SubjectAgreement::Same);
    assert_eq!(date(r#""1984-02-28""#), SubjectAgreement::Differs(""));
    for other in ["1983", r#""c. 1983""#, r#"{"year":1983}"#, r#""1983-02""#] {
        assert_eq!(date(other), SubjectAgreement::Differs("the year"), "{other}");
    }
    assert_eq!(date(r#"{"year":1983,"exact":false}"#), SubjectAgreement::Differs("approximate date"));
    for other in [
        "1984",
        r#""circa 1984""#,
        r#""1984-02""#,
        r#"{"from":1980,"to":1990}"#,
        "446860800",
        r#""unknown 1""#,
        r#""1984-**-**""#,
    ] {
        assert!(matches!(date(other), SubjectAgreement::NotComparable(_)), "{other}");
    }
    assert_eq!(
        compared(r#"{"gender":"female"}"#, SubjectKind::Gender, r#""sex":"F""#),
        Some(SubjectAgreement::Equivalent(vec![Normalization::Gender]))
    );
    assert_eq!(compared(r#"{"nationality":"KOR"}"#, SubjectKind::Country, r#""country":"KR""#), None);
}

#[test]
fn a_date_that_may_be_the_same_day_is_not_called_another_one() {
    let date = |own: &str, other: &str| {
        let applicant = format!(r#"{{"date_of_birth":"{own}"}}"#);
        compared(&applicant, SubjectKind::BirthDate, &format!(r#""dob":"{other}""#)).unwrap()
    };
    for other in ["03/04/1990", "04/03/1990"] {
        assert_eq!(date("1990-04-03", other), SubjectAgreement::NotComparable("day or month first"), "{other}");
    }
    assert_eq!(date("1990-04-05", "03/04/1990"), SubjectAgreement::Differs(""));
}
