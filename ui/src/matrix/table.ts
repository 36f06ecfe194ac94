/**
 * The coverage as a table to read: rows, columns and cells with names, sums and gaps. A pure view of what the program
 * counted; it judges nothing. A touchpoint that is gone since is left out.
 */
import type { CoverageView, GapView, Severity, TouchpointRecord } from "../ipc";

export type Channel = { key: string; channel: string | null; name: string; touchpoints: Named[]; budget: number };
export type Named = { id: string; name: string };
export type Mark = { rule: string; name: string; severity: Severity; gaps: GapView[] };
export type Cell = {
  key: string;
  channels: Channel[];
  touchpoints: number;
  budget: number;
  /** Of the dearest cell, 0 to 1. */
  weight: number;
  /** Gaps by rule, worst first. */
  marks: Mark[];
};
export type Column = { key: string; name: string; touchpoints: number; budget: number };
export type Row = { key: string; name: string; detail: string; touchpoints: number; budget: number; cells: Cell[] };
export type Table = { columns: Column[]; rows: Row[]; budgets: boolean };

/** What the table asks of the project around it. */
export type Names = {
  stage(id: string): string;
  audience(id: string): { name: string; detail: string };
  channel(id: string): string;
  touchpoint(id: string): TouchpointRecord | undefined;
  gap(key: string): GapView | undefined;
};

const severities: readonly Severity[] = ["high", "medium", "low"];

export function tableOf(view: CoverageView, names: Names): Table {
  const width = view.stages.length;
  const dearest = Math.max(0, ...view.cells.map((cell) => sum(cell.servedBy.map(({ budget }) => budget))));
  const rows = view.audiences.map((audience, index): Row => {
    const cells = view.stages.map((_, column) => cellOf(view, index * width + column, dearest, names));
    const known = audience === null ? { name: "Names no audience", detail: "" } : names.audience(audience);
    return { key: audience ?? "", ...known, ...totals(cells), cells };
  });
  const columns = view.stages.map((stage, column): Column => {
    const ids = new Set(rows.flatMap((row) => row.cells[column]?.channels ?? []).flatMap(idsOf));
    const budget = sum([...ids].map((id) => names.touchpoint(id)?.budget ?? 0));
    return { key: stage ?? "", name: stage === null ? "No stage" : names.stage(stage), touchpoints: ids.size, budget };
  });
  return { columns, rows, budgets: dearest > 0 };
}

function cellOf(view: CoverageView, index: number, dearest: number, names: Names): Cell {
  const { servedBy = [], gaps = [] } = view.cells[index] ?? {};
  const width = view.stages.length;
  const channels = servedBy.map(({ channel, touchpoints, budget }): Channel => {
    const known = touchpoints.flatMap((id) => names.touchpoint(id) ?? []);
    const name = channel === null ? "No channel" : names.channel(channel);
    return { key: channel ?? "", channel, name, touchpoints: known.map(({ id, name }) => ({ id, name })), budget };
  });
  const shown = channels.filter((channel) => channel.touchpoints.length > 0);
  const budget = sum(shown.map((channel) => channel.budget));
  return {
    key: `${view.audiences[Math.floor(index / width)] ?? ""}\n${view.stages[index % width] ?? ""}`,
    channels: shown,
    touchpoints: sum(shown.map((channel) => channel.touchpoints.length)),
    budget,
    weight: dearest > 0 ? budget / dearest : 0,
    marks: marksOf(gaps.flatMap((key) => names.gap(key) ?? []).filter((gap) => gap.dismissed === null)),
  };
}

function marksOf(gaps: readonly GapView[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const gap of gaps) {
    const mark = marks.get(gap.rule) ?? { rule: gap.rule, name: gap.ruleName, severity: gap.severity, gaps: [] };
    mark.gaps.push(gap);
    marks.set(gap.rule, mark);
  }
  return [...marks.values()].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

function totals(cells: readonly Cell[]): { touchpoints: number; budget: number } {
  return { touchpoints: sum(cells.map((cell) => cell.touchpoints)), budget: sum(cells.map((cell) => cell.budget)) };
}

function idsOf(channel: Channel): string[] {
  return channel.touchpoints.map(({ id }) => id);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
