/** States of the past with the words they are called by. */
import type { BackupView, StepView, VersionView } from "../ipc";
import { shownDay, shownMoment } from "../kit/dates";
import { people } from "../state/company.svelte";
import type { MapState } from "../state/reading.svelte";

/** A version the program kept is called by its day. */
export function versionState({ id, name, at, author, automatic }: VersionView): MapState {
  const point = { kind: "version", id } as const;
  if (automatic) return { point, name: shownDay(name), detail: "end of the day" };
  return { point, name, detail: `${people([author])}, ${shownMoment(at)}` };
}

export function backupState({ at, kilobytes }: BackupView): MapState {
  return { point: { kind: "backup", at }, name: shownMoment(at), detail: `backup, ${kilobytes} KB` };
}

/** The map right after a step. */
export function stepState({ id, label, author, at }: StepView): MapState {
  return { point: { kind: "step", id }, name: `After “${label}”`, detail: `${people([author])}, ${shownMoment(at)}` };
}
