//! Commands about what comes in from elsewhere: read, looked at, mapped anew, and only then taken in.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use backcast_model::Map;
use backcast_workbench::importing::{
    self, Imported, Looked, Mapping, ReadChoices, Reconciled, TakeChoices,
};
use backcast_workbench::{Environment, Problem, ProblemKind, Workbench, pasting};
use tauri::{AppHandle, Manager as _, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;
use tauri_specta::Event as _;
use tokio::sync::oneshot;

use super::Answer;
use crate::ipc::import::{ImportOfferedEvent, ImportView, MappingForm, TablesView};
use crate::ipc::problem::ProblemView;
use crate::ipc::view::ProjectView;
use crate::window::{Windows, blocking, show};

/// What can be imported.
const ENDINGS: [&str; 15] = [
    "csv", "tsv", "tab", "xlsx", "xlsm", "zip", "drawio", "xml", "mmd", "mermaid", "graphml",
    "canvas", "txt", "json", "md",
];

/// Where what waits to be taken in came from.
#[derive(Debug, Clone)]
enum Source {
    Files(Vec<PathBuf>),
    Text(String),
}

/// What a window looks at before taking it in.
#[derive(Debug, Clone)]
struct Waiting {
    source: Source,
    mapping: Option<Mapping>,
    /// The page of a drawing, counted from 0.
    page: Option<usize>,
    /// What was read and shown; nothing else is ever taken in. `None`: it could not be read as it is mapped now.
    shown: Option<Arc<Shown>>,
}

/// What was shown of an import.
#[derive(Debug)]
struct Shown {
    /// Names this look: what comes of another is not what the planner sees.
    ticket: u32,
    imported: Imported,
    /// How the open map takes it in, and the revision of that map.
    reconciled: Option<(u32, Reconciled)>,
}

/// What windows look at, by their labels.
#[derive(Debug, Default)]
pub(crate) struct Imports(Mutex<HashMap<String, Waiting>>);

impl Imports {
    fn put(&self, label: &str, waiting: Waiting) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(label.to_owned(), waiting);
    }

    /// Nothing waits in a window any more.
    pub(crate) fn forget(&self, label: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(label);
    }

    fn get(&self, label: &str) -> Result<Waiting, Problem> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(label).cloned().ok_or_else(|| {
            Problem::refused("Nothing waits to be imported.", "Choose a file first.")
                .of_kind(ProblemKind::Stale)
        })
    }
}

/// Whether a dropped file is one to be looked at first, by its ending; all others are opened.
pub(crate) fn is_foreign(path: &std::path::Path) -> bool {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ending != "json" && ENDINGS.contains(&ending.as_str()))
}

/// Reads files that were dropped on a window and offers what is in them.
pub(crate) fn offer(app: &AppHandle, label: &str, files: Vec<PathBuf>) {
    let (app, label) = (app.clone(), label.to_owned());
    tauri::async_runtime::spawn(async move {
        let waiting = Waiting {
            source: Source::Files(files),
            mapping: None,
            page: None,
            shown: None,
        };
        let view = look(&app, &label, waiting, TakeChoices::default()).await;
        let import = Box::new(
            view.unwrap_or_else(|problem| ImportView::refused(Vec::new(), (&problem).into())),
        );
        // The window was closed meanwhile.
        drop(ImportOfferedEvent { import }.emit_to(&app, label.as_str()));
    });
}

/// Reads files that the planner chooses, to be looked at; `null` when the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_dialog(
    app: AppHandle,
    window: WebviewWindow,
) -> Answer<Option<ImportView>> {
    let dialog = app
        .dialog()
        .file()
        .set_parent(&window)
        .add_filter("Tables and diagrams", &ENDINGS);
    let (answer, chosen) = oneshot::channel();
    dialog.pick_files(move |files| drop(answer.send(files)));
    let chosen = chosen.await.ok().flatten().unwrap_or_default();
    let files: Vec<PathBuf> = chosen
        .into_iter()
        .filter_map(|file| file.into_path().ok())
        .collect();
    if files.is_empty() {
        return Ok(None);
    }
    let waiting = Waiting {
        source: Source::Files(files),
        mapping: None,
        page: None,
        shown: None,
    };
    Ok(Some(
        look(&app, window.label(), waiting, TakeChoices::default()).await?,
    ))
}

/// Reads pasted text, to be looked at.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_text(
    app: AppHandle,
    window: WebviewWindow,
    text: String,
) -> Answer<ImportView> {
    let waiting = Waiting {
        source: Source::Text(text),
        mapping: None,
        page: None,
        shown: None,
    };
    Ok(look(&app, window.label(), waiting, TakeChoices::default()).await?)
}

/// Looks again at what waits, with another mapping, another page or other choices.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_again(
    app: AppHandle,
    window: WebviewWindow,
    imports: State<'_, Imports>,
    mapping: Option<MappingForm>,
    page: Option<u32>,
    delete_missing: bool,
) -> Answer<ImportView> {
    let waiting = imports.get(window.label())?;
    let mapping = mapping.map(Mapping::from).or(waiting.mapping);
    let page = page.map(|page| page as usize).or(waiting.page);
    let waiting = Waiting {
        mapping,
        page,
        ..waiting
    };
    Ok(look(
        &app,
        window.label(),
        waiting,
        TakeChoices { delete_missing },
    )
    .await?)
}

/// Takes what was shown into the open map, as one step. When the map has changed since, it is to be looked at again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_take(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    imports: State<'_, Imports>,
    ticket: u32,
) -> Answer<()> {
    let desk = windows.desk(window.label())?;
    let waiting = imports.get(window.label())?;
    let shown = waiting.shown(ticket)?;
    let label = format!("Import {}", names(&waiting.source).join(" and "));
    let take = move |bench: &mut Workbench| match &shown.reconciled {
        Some((revision, reconciled)) if *revision == bench.revision() => {
            bench.edit(&reconciled.edits, &label).map(drop)
        }
        _ => Err(passed("The map has changed meanwhile.")),
    };
    desk.ask(take).await?;
    imports.forget(window.label());
    remember(windows.environment().clone(), waiting.mapping).await;
    Ok(())
}

/// Opens what was shown as a map of its own.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_as_new(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
    imports: State<'_, Imports>,
    ticket: u32,
) -> Answer<ProjectView> {
    let environment = windows.environment().clone();
    let waiting = imports.get(window.label())?;
    let map = waiting.shown(ticket)?.imported.map.clone();
    let bench = blocking(move || Workbench::create(&environment, map)).await?;
    let view = show(&app, window.label(), bench).await?;
    imports.forget(window.label());
    remember(windows.environment().clone(), waiting.mapping).await;
    Ok(view)
}

impl Waiting {
    /// What the planner sees, when it is the look with this ticket.
    fn shown(&self, ticket: u32) -> Result<Arc<Shown>, Problem> {
        let shown = self.shown.clone().filter(|shown| shown.ticket == ticket);
        shown.ok_or_else(|| passed("Something else waits to be imported by now."))
    }
}

fn passed(what: &str) -> Problem {
    Problem::refused(what, "Look at it once more.").of_kind(ProblemKind::Stale)
}

/// Keeps the mapping for the next table from the same hand. What was imported stands without it.
async fn remember(environment: Environment, mapping: Option<Mapping>) {
    if let Some(mapping) = mapping {
        drop(blocking(move || importing::remember(&environment, &mapping)).await);
    }
}

/// Reads what is to be looked at, compares it with the open map, and keeps it waiting.
async fn look(
    app: &AppHandle,
    label: &str,
    waiting: Waiting,
    choices: TakeChoices,
) -> Result<ImportView, Problem> {
    static TICKETS: AtomicU32 = AtomicU32::new(1);
    let windows = app.state::<Windows>();
    let open = match windows.desk(label) {
        Ok(desk) => {
            let state = desk.ask(|bench| Ok((bench.revision(), bench.map().clone())));
            Some(state.await?)
        }
        Err(_) => None,
    };
    let environment = windows.environment().clone();
    let ticket = TICKETS.fetch_add(1, Ordering::Relaxed);
    let (waiting, view) = blocking(move || {
        let mut waiting = waiting;
        let view = looked_at(&environment, &mut waiting, open.as_ref(), (ticket, choices))?;
        Ok((waiting, view))
    })
    .await?;
    app.state::<Imports>().put(label, waiting);
    Ok(view)
}

fn looked_at(
    environment: &Environment,
    waiting: &mut Waiting,
    open: Option<&(u32, Map)>,
    (ticket, choices): (u32, TakeChoices),
) -> Result<ImportView, Problem> {
    let looked = read(environment, waiting)?;
    let names = names(&waiting.source);
    waiting.shown = None;
    let tables = looked.tables.map(|(sheets, mapping)| {
        let view = TablesView::of(&mapping, &sheets);
        waiting.mapping = Some(mapping);
        view
    });
    let view = match looked.imported {
        Ok(imported) => {
            let reconcile = |(revision, map): &(u32, Map)| {
                (*revision, importing::compare(map, &imported, choices))
            };
            let reconciled = open.map(reconcile);
            let compared = reconciled.as_ref().map(|(_, reconciled)| reconciled);
            let view = ImportView::of(names, ticket, &imported, compared);
            waiting.shown = Some(Arc::new(Shown {
                ticket,
                imported,
                reconciled,
            }));
            view
        }
        // Another mapping may help with a table; with anything else nothing does.
        Err(problem) if tables.is_some() => ImportView::refused(names, ProblemView::from(&problem)),
        Err(problem) => return Err(problem),
    };
    Ok(ImportView { tables, ..view })
}

fn read(environment: &Environment, waiting: &Waiting) -> Result<Looked, Problem> {
    let choices = ReadChoices {
        mapping: waiting.mapping.clone(),
        page: waiting.page,
    };
    match &waiting.source {
        Source::Files(files) => importing::look(environment, files, &choices),
        Source::Text(text) => pasting::look(environment, text, &choices),
    }
}

fn names(source: &Source) -> Vec<String> {
    match source {
        Source::Files(files) => {
            let name = |file: &PathBuf| {
                file.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned()
            };
            files.iter().map(name).collect()
        }
        Source::Text(_) => vec![pasting::PASTED.to_lowercase()],
    }
}
