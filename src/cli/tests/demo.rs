//! The calls that open the demo, where it is built in.

use jiff::civil::date;

use super::super::demo::args::{DemoArgs, DemoServerArgs};
use super::super::filter::FilterArgs;
use super::{Mode, read};

#[test]
fn demo_takes_the_day_that_its_data_end() {
    let Ok(Mode::Demo(demo, options)) = read("demo --today 2026-11-22 --mask none") else { panic!("no demo") };
    assert_eq!((demo.demo.today, demo.filter), (Some(date(2026, 11, 22)), FilterArgs::default()));
    assert_eq!(options.mask.as_deref(), Some("none"));
    let Ok(Mode::Demo(demo, _)) = read("demo") else { panic!("no demo") };
    assert_eq!(demo.demo, DemoArgs { today: None, scenario: None, list_scenarios: false });
}

#[test]
fn demo_and_its_server_take_a_scenario_or_list_all() {
    for line in ["--scenario stuck-cursor", "--today 2026-11-22 --scenario=stuck-cursor"] {
        let Ok(Mode::Demo(demo, _)) = read(&format!("demo {line}")) else { panic!("no demo") };
        let Ok(Mode::DemoServer(server)) = read(&format!("demo-server {line}")) else { panic!("no server") };
        assert_eq!((demo.demo.scenario, server.demo.scenario), (Some("stuck-cursor"), Some("stuck-cursor")));
    }
    for name in argos_demo::Scenario::names() {
        assert!(read(&format!("demo --scenario {name}")).is_ok(), "{name}");
    }
    let Ok(Mode::Demo(demo, _)) = read("demo --list-scenarios") else { panic!("no demo") };
    assert!(demo.demo.list_scenarios);
}

#[test]
fn unknown_scenario_is_one_sentence_that_names_what_is_near() {
    for call in ["demo", "demo-server"] {
        let said = read(&format!("{call} --scenario stuk-cursor")).err().unwrap();
        let text = said.render().to_string();
        assert_eq!((said.exit_code(), said.use_stderr()), (2, true));
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("no scenario named stuk-cursor; near it: stuck-cursor ("), "{text}");
    }
}

#[test]
fn server_of_the_demo_takes_a_port_and_a_day() {
    let Ok(Mode::DemoServer(server)) = read("demo-server --port 8080 --today 2026-11-22") else { panic!("no server") };
    assert_eq!(
        server,
        DemoServerArgs {
            port: 8080,
            demo: DemoArgs { today: Some(date(2026, 11, 22)), scenario: None, list_scenarios: false }
        }
    );
    let Ok(Mode::DemoServer(server)) = read("demo-server") else { panic!("no server") };
    assert_eq!(server.port, 0);
}
