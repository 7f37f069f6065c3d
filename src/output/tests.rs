use super::*;
use crate::cli::csv_columns::columns;

use bytes::Bytes;

fn item(json: &str) -> Item {
    Item::from_list("x".into(), Bytes::copy_from_slice(json.as_bytes()))
}

fn written(format: LineFormat, list: &str, mask: Mask, items: &[&str]) -> (String, Vec<String>) {
    let columns = if list.is_empty() { Vec::new() } else { columns(list).expect("columns") };
    let mut writer = SubmissionWriter::new(format, &columns, mask, Vec::new());
    for json in items {
        writer.write_item(&item(json)).unwrap();
    }
    writer.finish().unwrap();
    let columns_without_field = writer.columns_without_field().into_iter().map(str::to_owned).collect();
    (String::from_utf8(writer.inner).unwrap(), columns_without_field)
}

fn csv(list: &str, items: &[&str]) -> String {
    written(LineFormat::Csv, list, Mask::None, items).0
}

#[test]
fn without_a_mask_only_white_space_outside_of_strings_goes() {
    let sent = "{ \"a\\\"b \" :\t1.50 ,\r\n\"a\":1e400,\"a\": \"\\ud83d \\\\\",\"c\": [ null , {} ] }";
    let wanted = "{\"a\\\"b \":1.50,\"a\":1e400,\"a\":\"\\ud83d \\\\\",\"c\":[null,{}]}\n";
    assert_eq!(written(LineFormat::Ndjson, "", Mask::None, &[sent]).0, wanted);
}

#[test]
fn masks_hide_in_both_formats() {
    let sent = r#"{"data":{"identityNumber":"900101-1234567","full_name":"Kim Minjun"}}"#;
    for (format, list) in [(LineFormat::Ndjson, ""), (LineFormat::Csv, "data.identityNumber,data.full_name,data")] {
        let shown = |mask| written(format, list, mask, &[sent]).0;
        assert!(shown(Mask::None).contains("900101-1234567"));
        assert!(!shown(Mask::Ids).contains("900101") && shown(Mask::Ids).contains("Minjun"));
        assert!(!shown(Mask::All).contains("900101") && !shown(Mask::All).contains("Minjun"));
    }
}

#[test]
fn header_stands_also_without_a_row() {
    assert_eq!(csv("", &[]), format!("{}\r\n", COLUMNS.join(",")));
    assert_eq!(written(LineFormat::Ndjson, "", Mask::None, &[]).0, "");
    let mut writer = SubmissionWriter::new(LineFormat::Csv, &[], Mask::None, Vec::new()).continued();
    writer.finish().unwrap();
    assert!(writer.inner.is_empty());
}

#[test]
fn formulas_are_made_texts_and_numbers_stay() {
    let corpus = [
        (r#""=1+1""#, "'=1+1"),
        (r#""=HYPERLINK(\"http://a\",\"b\")""#, "\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\""),
        (r#""+82 10""#, "'+82 10"),
        (r#""-1.5""#, "'-1.5"),
        (r#""@SUM(A1)""#, "'@SUM(A1)"),
        (r#""\t=1""#, "\"'\t'=1\""),
        (r#""\r=1""#, "\"'\r'=1\""),
        (r#""x;=1+1""#, "\"x;'=1+1\""),
        (r#""a; -1;b;＋2""#, "\"a; '-1;b;'＋2\""),
        (r#""x\t@y\r-z\n+1""#, "\"x\t'@y\r'-z\n'+1\""),
        (r#"" =1""#, "\" '=1\""),
        (r#""a;b""#, "\"a;b\""),
        (r#""a=1;b-2""#, "\"a=1;b-2\""),
        ("-1.5", "-1.5"),
        ("1e400", "1e400"),
        (r#"["=1","b"]"#, "\"'=1, b\""),
        ("[-1,2]", "\"'-1, 2\""),
        ("[-1.5]", "-1.5"),
        (r#"["-1.5"]"#, "'-1.5"),
        (
            r#"{"=a":"=1","b":-2,"c":["x;@y\"",[-3]],"d":"\\"}"#,
            "\"{\"\"'=a\"\":\"\"'=1\"\",\"\"b\"\":-2,\"\"c\"\":[\"\"x;'@y\\\"\"\"\",[-3]],\"\"d\"\":\"\"\\\\\"\"}\"",
        ),
        (r#""a=1""#, "a=1"),
        (r#"" a""#, "\" a\""),
        (r#""a\nb""#, "\"a\nb\""),
        ("null", "\"\""),
        ("true", "true"),
        (r#"[{"a":1}]"#, "\"[{\"\"a\"\":1}]\""),
        ("[]", "\"\""),
    ];
    for (sent, cell) in corpus {
        assert_eq!(csv("v", &[&format!(r#"{{"v":{sent}}}"#)]), format!("v\r\n{cell}\r\n"), "{sent}");
    }
}

#[test]
fn a_spreadsheet_gets_a_byte_order_mark_once_and_long_numbers_as_text() {
    let paths = columns("a,b,c,d,e,f").unwrap();
    let sent = r#"{"a":"0012345678901234567","b":"007","c":"19e6","d":12345678901234567,"e":12345678901,"f":"0"}"#;
    let written = |format, continued| {
        let writer = SubmissionWriter::new(format, &paths, Mask::None, Vec::new());
        let mut writer = if continued { writer.continued() } else { writer };
        writer.write_item(&item(sent)).unwrap();
        writer.finish().unwrap();
        String::from_utf8(writer.inner).unwrap()
    };
    let row = "'0012345678901234567,'007,'19e6,'12345678901234567,12345678901,0\r\n";
    assert_eq!(written(LineFormat::ExcelCsv, false), format!("\u{feff}a,b,c,d,e,f\r\n{row}"));
    assert_eq!(written(LineFormat::ExcelCsv, true), row, "what is continued has its mark already");
    let plain = "0012345678901234567,007,19e6,12345678901234567,12345678901,0\r\n";
    assert_eq!(written(LineFormat::Csv, true), plain);
    assert_eq!(LineFormat::Ndjson.excel(true), None);
    assert_eq!(LineFormat::Ndjson.excel(false), Some(LineFormat::Ndjson));
}

#[test]
fn headings_are_guarded_as_cells_are() {
    let (table, _) = written(LineFormat::Csv, "=1+1,a;-b", Mask::None, &[r#"{"=1+1":2}"#]);
    assert_eq!(table, "\"'=1+1\",\"a;'-b\"\r\n2,\r\n");
}

#[test]
fn a_hidden_part_of_a_list_or_an_object_is_hidden_in_its_cell() {
    let sent = r#"{"data":{"identityNumber":"900101-1234567","full_name":"Kim Minjun"},
        "kyc":{"result":"rejected","commentCode":["expired_id","9001011234567"],"comment":["KIM MINJUN","x"]},"by":{"Kim Minjun":1}}"#;
    let cells = |mask| written(LineFormat::Csv, "kyc.result,kyc.commentCode,kyc.comment,kyc,by", mask, &[sent]).0;
    assert!(cells(Mask::None).contains("9001011234567") && cells(Mask::None).contains("expired_id"));
    for mask in [Mask::Ids, Mask::All] {
        let cells = cells(mask);
        assert!(!cells.contains("900101") && cells.contains("rejected") && cells.contains("expired_id"), "{cells}");
    }
    let (ids, all) = (cells(Mask::Ids), cells(Mask::All));
    assert!(ids.contains("KIM MINJUN") && ids.contains("Kim Minjun"), "{ids}");
    assert!(!all.to_lowercase().contains("minjun"), "{all}");
}

#[test]
fn any_path_is_a_column_and_what_is_not_carried_is_said() {
    let sent = r#"{"kyc":{"attempts":[{"retryCode":"R1"}]},"a,b":2}"#;
    let (table, columns_without_field) =
        written(LineFormat::Csv, r#"kyc.attempts[0].retryCode, ["a,b"],aml.currentstatus"#, Mask::None, &[sent]);
    assert_eq!(table, "kyc.attempts[0].retryCode,\"[\"\"a,b\"\"]\",aml.currentstatus\r\nR1,2,\r\n");
    assert_eq!(columns_without_field, ["aml.currentstatus"]);
}

#[test]
fn a_path_without_positions_is_the_values_of_all_elements() {
    let sent = r#"{"kyc":{"attempts":[{"attemptCnt":1,"retryCode":["a","b"]},{"attemptCnt":2},{"attemptCnt":3,"retryCode":"=a"}],
        "retry":[{"retryCode":"c"}]},"aml":{"matches":[{"risk_icons":["SAN"],"score":null},{"risk_icons":[{"x":1}]}]}}"#;
    let list = "retry,kyc.attempts.attemptCnt,aml.matches.risk_icons,aml.matches.score,kyc.attempts.errorCode";
    let (table, uncarried) = written(LineFormat::Csv, list, Mask::None, &[sent]);
    let row = r#""a, b, =a",c,"1, 2, 3","[[""SAN""],[{""x"":1}]]",,"#;
    assert_eq!(table.lines().nth(1), Some(row));
    assert_eq!(uncarried, ["kyc.attempts.errorCode"]);
    let sent =
        r#"{"submission_id":"x","data":{"identityNumber":"900101-1234567"},"new":[{"of":"9001011234567"},{"of":"b"}]}"#;
    assert!(!written(LineFormat::Csv, "new.of", Mask::Ids, &[sent]).0.contains("900101"));
}

#[test]
fn no_malformed_verdict_reads_as_an_approval() {
    let status = |kyc: &str| csv("kyc.result", &[&format!(r#"{{"kyc":{kyc}}}"#)]);
    assert_eq!(status(r#"{"result":"approved"}"#), "kyc.result\r\napproved\r\n");
    assert!(status(r#"{"result":"rejected","result":"approved"}"#).contains("rejected, approved"));
    assert!(status(r#"{"result":["approved"]}"#).contains("["));
    assert!(status(r#""approved""#).contains("\"\"approved"));
}

#[test]
fn a_cell_of_a_check_is_its_documented_word_only_where_that_is_the_judgement() {
    use crate::submission::assessment::Judgement;
    use crate::submission::assessment::cases::CHECKS;
    for check in CHECKS {
        for (json, judgement) in check.records() {
            let written = csv(check.path, &[&json]);
            let cell = written.lines().nth(1).unwrap_or_default().to_lowercase();
            let [good, bad] = check.words.map(|word| word.trim_matches('"'));
            let said = match cell.as_str() {
                cell if cell == good => Judgement::Passed,
                cell if cell == bad => Judgement::NotPassed,
                "" | "\"\"" => Judgement::Absent,
                _ => Judgement::Unclear,
            };
            // That a condition has no answer does not show in its empty cell.
            let is_empty = said == Judgement::Absent && json.contains("conditionIndex");
            assert!(said == judgement || is_empty && judgement == Judgement::Unclear, "{json:.200}\n{written:.200}");
        }
    }
}

#[test]
fn without_a_choice_a_csv_has_the_fields_of_the_columns_that_the_list_shows() {
    use crate::submission::row::{Column, ColumnKind};
    let of_path = |path: &str| Column::sent().find(|column| column.paths().contains(&path)).unwrap();
    assert!(COLUMNS.iter().all(|path| Column::LISTED.contains(&of_path(path))));
    for column in
        Column::LISTED.into_iter().filter(|column| !column.is_computed() && column.kind() != ColumnKind::Count)
    {
        assert!(COLUMNS.contains(&column.paths()[0]), "{column:?}");
    }
    assert!(COLUMNS.is_sorted_by_key(|path| of_path(path)), "in the order of the service's dashboard");
}
