//! The manual in roff: a page for the program and one for each of its commands, made of the same words as their help.

use clap::{Arg, Command};
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// One page.
pub(crate) struct Page {
    /// Its name, which is also its file's: `backcast-check`.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
}

/// The section of the manual that programs are in.
const SECTION: &str = "1";

/// The headings under which paragraphs of a help stand on a page, in the order of the page.
const HEADINGS: [&str; 7] = [
    "Edits",
    "JSON",
    "Templates",
    "Exit status",
    "Environment",
    "Files",
    "Examples",
];

/// Every page, the program's own first.
pub(crate) fn pages(program: &Command) -> Vec<Page> {
    let mut program = program.clone();
    program.build();
    let name = program.get_name();
    let commands: Vec<&Command> = program
        .get_subcommands()
        .filter(|command| command.get_name() != "help" && !command.is_hide_set())
        .collect();
    let mut pages = vec![page(&program, name.to_owned(), &commands)];
    for command in &commands {
        pages.push(page(command, format!("{name}-{}", command.get_name()), &[]));
    }
    pages
}

fn page(command: &Command, name: String, commands: &[&Command]) -> Page {
    let mut roff = Roff::default();
    let version = command.get_version().unwrap_or_default();
    let source = format!("Backcast {version}");
    let title = name.to_uppercase();
    roff.control(
        "TH",
        [title.as_str(), SECTION, " ", &source, "Backcast manual"],
    );
    // Names of commands and options are not to be broken at line ends.
    roff.control("nh", []);
    roff.control("ad", ["l"]);
    heading(&mut roff, "Name");
    let about = command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    roff.text([roman(format!("{name} - {}", decapitalised(&about)))]);
    heading(&mut roff, "Synopsis");
    roff.text(synopsis(command));
    let help = command
        .get_after_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let sections = sections(&help);
    heading(&mut roff, "Description");
    roff.text([roman(format!("{}.", about.trim_end_matches('.')))]);
    for section in sections.iter().filter(|section| section.heading.is_empty()) {
        roff.control("PP", []);
        section.write(&mut roff);
    }
    if !commands.is_empty() {
        heading(&mut roff, "Commands");
    }
    for command in commands {
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        item(&mut roff, vec![bold(command.get_name())], &about);
    }
    options(&mut roff, command);
    for wanted in HEADINGS {
        for section in sections.iter().filter(|section| section.heading == wanted) {
            heading(&mut roff, wanted);
            section.write(&mut roff);
        }
    }
    heading(&mut roff, "See also");
    match commands.split_last() {
        None => roff.text(reference("backcast", "")),
        Some((last, others)) => {
            for other in others {
                roff.text(reference(&format!("{name}-{}", other.get_name()), ","));
            }
            roff.text(reference(&format!("{name}-{}", last.get_name()), ""))
        }
    };
    let text = roff.render();
    Page { name, text }
}

fn heading(roff: &mut Roff, text: &str) {
    roff.control("SH", [text.to_uppercase().as_str()]);
}

/// A tag and what it stands for.
fn item(roff: &mut Roff, tag: Vec<Inline>, text: &str) {
    roff.control("TP", []);
    roff.text(tag);
    roff.text([roman(text)]);
}

/// The name of another page.
fn reference(name: &str, behind: &str) -> Vec<Inline> {
    vec![bold(name), roman(format!("({SECTION}){behind}"))]
}

/// The line behind a page's name begins in lower case, unless its first word is a name.
fn decapitalised(text: &str) -> String {
    let mut characters = text.trim_end_matches('.').chars();
    let first = characters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(characters).collect()
}

fn synopsis(command: &Command) -> Vec<Inline> {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let mut line = vec![bold(name)];
    if command.has_subcommands() {
        line.extend([roman(" "), italic("COMMAND")]);
    }
    let shown = |argument: &&Arg| !argument.is_hide_set();
    if command.get_opts().any(|option| !option.is_required_set()) {
        line.extend([roman(" ["), italic("OPTION"), roman("]...")]);
    }
    for option in command.get_opts().filter(|option| option.is_required_set()) {
        line.push(roman(" "));
        line.extend(flag(option));
    }
    for argument in command.get_positionals().filter(shown) {
        let many = argument
            .get_num_args()
            .is_some_and(|range| range.max_values() > 1);
        let (before, after) = match (argument.is_required_set(), many) {
            (true, true) => (" ", "..."),
            (true, false) => (" ", ""),
            (false, _) => (" [", "]"),
        };
        line.extend([roman(before), italic(value_names(argument)), roman(after)]);
    }
    line
}

fn value_names(argument: &Arg) -> String {
    let names = argument.get_value_names();
    names.map_or_else(
        || argument.get_id().to_string().to_uppercase(),
        |names| names.join(" "),
    )
}

/// An option as it is typed, with the name of its value.
fn flag(option: &Arg) -> Vec<Inline> {
    let short = option.get_short().map(|short| bold(format!("-{short}")));
    let long = option.get_long().map(|long| bold(format!("--{long}")));
    let both = short.is_some() && long.is_some();
    let mut line: Vec<_> = short.into_iter().collect();
    if both {
        line.push(roman(", "));
    }
    line.extend(long);
    if option.get_action().takes_values() {
        line.extend([roman(" "), italic(value_names(option))]);
    }
    line
}

/// What can be said behind a command: its arguments, then its options.
fn options(roff: &mut Roff, command: &Command) {
    heading(roff, "Options");
    let (places, flags): (Vec<&Arg>, Vec<&Arg>) = command
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
        .partition(|argument| argument.is_positional());
    for argument in places {
        item(roff, vec![italic(value_names(argument))], &help(argument));
        values(roff, argument);
    }
    for argument in flags {
        item(roff, flag(argument), &help(argument));
        values(roff, argument);
    }
}

fn help(argument: &Arg) -> String {
    let mut text = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let default: Vec<_> = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy())
        .collect();
    if !default.is_empty() && argument.get_action().takes_values() {
        text.push_str(&format!(" [default: {}]", default.join(", ")));
    }
    text
}

/// The words an argument may be, each with what it stands for.
fn values(roff: &mut Roff, argument: &Arg) {
    let values = argument.get_possible_values();
    if values.is_empty() || !argument.get_action().takes_values() {
        return;
    }
    roff.control("RS", []);
    roff.control("PD", ["0"]);
    for value in values.iter().filter(|value| !value.is_hide_set()) {
        roff.control("TP", ["12"]);
        roff.text([bold(value.get_name())]);
        if let Some(help) = value.get_help() {
            roff.text([roman(help.to_string())]);
        }
    }
    roff.control("PD", []);
    roff.control("RE", []);
}

/// A part of a help under one heading; without one it belongs to the description.
struct Section<'a> {
    heading: &'static str,
    lines: Vec<&'a str>,
}

/// A help's paragraphs: one that begins with a heading and a colon is a section of its own.
fn sections(help: &str) -> Vec<Section<'_>> {
    let paragraphs = help.split("\n\n");
    let section = |paragraph| {
        let headed = HEADINGS.iter().find_map(|heading| {
            let text = str::strip_prefix(paragraph, heading)?.strip_prefix(':')?;
            Some((*heading, text))
        });
        let (heading, text) = headed.unwrap_or(("", paragraph));
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        Section {
            heading,
            lines: lines.collect(),
        }
    };
    paragraphs
        .map(section)
        .filter(|section| !section.lines.is_empty())
        .collect()
}

impl Section<'_> {
    /// Lines that are set in stay as they are, or are a tag and its words with two spaces between; others flow.
    fn write(&self, roff: &mut Roff) {
        let mut verbatim = false;
        for line in &self.lines {
            let inner = line.strip_prefix("  ");
            let tagged = inner.and_then(|inner| inner.trim().split_once("  "));
            let as_it_is = inner.is_some() && tagged.is_none();
            if as_it_is != verbatim {
                let controls = if as_it_is {
                    ["PP", "RS", "nf"]
                } else {
                    ["fi", "RE", "PP"]
                };
                for control in controls {
                    roff.control(control, []);
                }
                verbatim = as_it_is;
            }
            match (tagged, inner) {
                (Some((tag, text)), _) => item(roff, vec![bold(tag)], text.trim()),
                (None, Some(inner)) => drop(roff.text([roman(inner)])),
                (None, None) => drop(roff.text([roman(line.trim())])),
            }
        }
        if verbatim {
            for control in ["fi", "RE"] {
                roff.control(control, []);
            }
        }
    }
}
