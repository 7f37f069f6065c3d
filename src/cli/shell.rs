//! Texts that are generated from the definition of the command line (subcommands, arguments and options): completion
//! scripts for shells, and the manual page.

use std::process::ExitCode;

use clap::Command;
use clap_mangen::Man;

use super::args::CompletionsArgs;
use super::command::command;
use super::standard_output;

/// Name of the program in the completion scripts and the manual page.
const NAME: &str = "argos-review";

/// Prints the completion script for a shell and returns the exit code.
#[must_use]
pub fn completions(call: &CompletionsArgs) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(call.shell, &mut command(), NAME, &mut text);
    standard_output::exit_code(standard_output::write_bytes(&text))
}

/// Prints the manual page in the roff format, and returns the exit code. The page describes all subcommands, such as
/// `list`. To read it: `argos-review man | man -l -`.
#[must_use]
pub fn man() -> ExitCode {
    let mut command = command();
    command.build();
    standard_output::exit_code(manual(&command).and_then(|page| standard_output::write_bytes(page.as_bytes())))
}

/// Returns the manual page of the program in the roff format, with a section for every subcommand.
fn manual(command: &Command) -> std::io::Result<String> {
    let mut page = render(command)?;
    for call in command.get_subcommands().filter(|call| call.get_name() != "help") {
        section(call, call.get_name(), &mut page)?;
    }
    Ok(page)
}

/// Appends a section about a subcommand, such as `list`, to the manual page `page`. `call` is the definition of the
/// subcommand, and `name` is the name that the user types, which becomes the title of the section. The sections of the
/// description become subsections.
fn section(call: &Command, name: &str, page: &mut String) -> std::io::Result<()> {
    let title = format!("argos\\-review {}", name.replace('-', "\\-"));
    page.push_str(&format!(".SH \"{title}\"\n"));
    // Skips the page title, which may occur only once.
    let own = render(call)?;
    let own = own.split_once(".SH ").map_or("", |(_, sections)| sections);
    let alone = format!("argos\\-review\\-{}", name.replace([' ', '-'], "\\-"));
    page.push_str(&format!(".SS {}", own.replace("\n.SH ", "\n.SS ").replace(&alone, &title)));
    for below in call.get_subcommands().filter(|below| below.get_name() != "help") {
        section(below, &format!("{name} {}", below.get_name()), page)?;
    }
    Ok(())
}

fn render(command: &Command) -> std::io::Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    let mut text = String::from_utf8_lossy(&page).into_owned();
    for below in command.get_subcommands() {
        let name = below.get_name().replace('-', "\\-");
        text = text.replace(&format!("\\-{name}(1)"), &format!(" {name}"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use clap_complete::Shell;

    use super::*;

    fn visit(command: &Command, each: &mut impl FnMut(&Command)) {
        each(command);
        command.get_subcommands().for_each(|call| visit(call, each));
    }

    #[test]
    fn completions_of_every_shell_know_every_call_and_every_option() {
        let mut command = command();
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut command, NAME, &mut text);
            let text = String::from_utf8(text).unwrap();
            visit(&command.clone(), &mut |call| {
                assert!(text.contains(call.get_name()), "{shell}: {}", call.get_name());
                let shown = call.get_arguments().filter(|option| !option.is_hide_set());
                for option in shown.filter_map(clap::Arg::get_long) {
                    assert!(text.contains(option), "{shell}: --{option}");
                }
            });
        }
    }

    #[test]
    fn manual_mentions_every_call_and_every_option() {
        let mut command = command();
        command.build();
        let page = manual(&command).unwrap().replace("\\-", "-");
        assert_eq!((page.matches("\n.TH ").count(), page.contains("(1)")), (1, false), "one page, and none beside it");
        visit(&command, &mut |call| {
            assert!(call.get_name() == "help" || page.contains(call.get_name()), "{}", call.get_name());
            let shown = call.get_arguments().filter(|option| !option.is_hide_set());
            for option in shown.filter_map(clap::Arg::get_long) {
                assert!(page.contains(&format!("--{option}")), "--{option}");
            }
        });
    }
}
